"""An application credential of the token's own user, for the token's project.

Its secret is told once, in the answer to its creation. When that answer was lost, and the program gave no secret of
its own, the credential is of no use to anybody: it counts as broken, so that it is deleted and made anew.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.equality import RULES
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.provider import Condition, Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_LOST: Final = "its secret was told once, in an answer that was lost"


class ApplicationCredential(Collection):
    marks = ()

    def finish(self, action: Action, identifier: str, inputs: Properties, body: dict[str, Any]) -> Created:
        secret = body.get("secret") or inputs.get("secret")
        outputs = self.outputs(action, body, inputs) | ({"secret": secret} if secret else {})
        return Created(id=identifier, outputs=outputs, problems=() if secret else (_LOST,))

    def told_condition(self, action: Action, body: dict[str, Any], inputs: Properties) -> Condition:  # noqa: ARG002 (the base class's)
        """Asked only of one whose creation did not end well."""
        return Condition.UP if inputs.get("secret") else Condition.BROKEN

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        """With its access rules, as far as no other credential of the user has them too."""
        super().delete(action, id_, known)
        for rule in known.get("accessRules") or ():
            if rule.get("id"):
                _forget_rule(action, rule["id"])

    def place(self, action: Action, id_: str) -> str:
        return f"{_all(action)}/{quote(id_, safe='')}"

    def post(self, action: Action, body: dict[str, Any]) -> dict[str, Any]:
        return dict(action.service().post(_all(action), {action.type.api.key: body})[action.type.api.key])

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:
        return action.service().all(_all(action), action.type.api.many, name=known["name"])

    def matches(self, action: Action, body: dict[str, Any], wanted: Mapping[str, Any]) -> bool:
        return bool(body["name"] == wanted["name"] and body["project_id"] == action.connection.project_id)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        """Like what was asked for in all that it tells: one that is found without a secret is thrown away."""
        found = [self.fetch(action, id_) for id_ in super().find(action, inputs)]
        return tuple(body["id"] for body in found if body and _as_asked(self.outputs(action, body, inputs), inputs))

    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> dict[str, Any]:
        body = super().encoded(action, inputs)
        roles = {"roles": [{"name": name} for name in body["roles"]]} if body.get("roles") else {}
        expiry = {"expires_at": _moment(body["expires_at"], ".000000Z")} if body.get("expires_at") else {}
        return {**body, **roles, **expiry}

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        """Of the roles those that were asked for: Keystone tells the ones that they imply as well."""
        roles = sorted(role["name"] for role in body.get("roles") or ())
        asked = set(known.get("roles") or roles)
        outputs = super().outputs(action, {**body, "roles": [role for role in roles if role in asked]}, known)
        if outputs.get("expiresAt"):
            outputs["expiresAt"] = _as_written(_moment(outputs["expiresAt"]), known.get("expiresAt"))
        outputs.setdefault("unrestricted", False)
        if not outputs.get("accessRules"):
            outputs.pop("accessRules", None)
        return outputs


def _all(action: Action) -> str:
    return f"users/{quote(action.connection.access().user_id or '', safe='')}/application_credentials"


def _as_asked(told: Properties, inputs: Properties) -> bool:
    return all((
        (told.get("description") or "") == (inputs.get("description") or ""),
        bool(told.get("unrestricted")) == bool(inputs.get("unrestricted")),
        RULES["time"](told.get("expiresAt") or "", inputs.get("expiresAt") or ""),
        _rules(told) == _rules(inputs),
        not inputs.get("roles") or set(told["roles"]) == set(inputs["roles"]),
    ))  # fmt: skip


def _rules(properties: Properties) -> set[tuple[str, ...]]:
    return {tuple(rule[key] for key in ("service", "method", "path")) for rule in properties.get("accessRules") or ()}


def _moment(text: str, end: str = "Z") -> str:
    """A time in UTC, which Keystone's are without saying so. `end`: Keystone reads no time without microseconds."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ProviderError(f"expiresAt must be a time as RFC 3339 has it, not {text!r}") from None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") + end


def _as_written(moment: str, known: str | None) -> str:
    """The same moment as the program writes it: Pulumi's own engine compares texts."""
    return known if known and RULES["time"](known, moment) else moment


def _forget_rule(action: Action, id_: str) -> None:
    user = quote(action.connection.access().user_id or "", safe="")
    try:
        action.service().delete(f"users/{user}/access_rules/{quote(id_, safe='')}")
    except ServiceFault as fault:
        if fault.status != HTTPStatus.FORBIDDEN:  # another credential has it too
            raise
