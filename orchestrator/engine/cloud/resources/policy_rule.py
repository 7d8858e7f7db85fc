"""A rule of a QoS policy: it lives below its policy, and its id is `POLICY/RULE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action

_POLICY: Final = "qos_policy_id"


class PolicyRule(Collection):
    marks = ()

    def identifier(self, body: dict[str, Any]) -> str:
        return f"{body[_POLICY]}/{body['id']}"

    def place(self, action: Action, id_: str) -> str:
        policy, slash, rule = id_.partition("/")
        if not (policy and slash and rule):
            raise ProviderError(f"the id {id_!r} must be POLICY/RULE")
        return f"{_rules(action, policy)}/{quote(rule, safe='')}"

    def post(self, action: Action, body: dict[str, Any]) -> dict[str, Any]:
        policy = str(body.pop(_POLICY))
        made = action.service().post(_rules(action, policy), {action.type.api.key: body})
        return {**made[action.type.api.key], _POLICY: policy}

    def put(self, action: Action, id_: str, body: dict[str, Any]) -> dict[str, Any]:
        return {**super().put(action, id_, body), _POLICY: id_.partition("/")[0]}

    def fetch(self, action: Action, id_: str) -> dict[str, Any] | None:
        body = super().fetch(action, id_)
        return None if body is None else {**body, _POLICY: id_.partition("/")[0]}

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:
        policy = str(known["qosPolicyId"])
        found = action.service().find(_rules(action, policy)) or {}
        return [{**body, _POLICY: policy} for body in found.get(action.type.api.many, ())]


def _rules(action: Action, policy: str) -> str:
    return f"qos/policies/{quote(policy, safe='')}/{action.type.api.many}"
