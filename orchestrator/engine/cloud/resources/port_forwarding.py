"""A port of a floating IP led to a port of a server: it lives below its floating IP, which its id does not tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Condition, Created, Properties

_ABOVE: Final = "floatingip_id"
_INNER: Final = ("internalPortId", "internalIpAddress", "internalPort")


class PortForwarding(Collection):
    """Inside, ids are `FLOATINGIP/FORWARDING`; outside, the forwarding's own, as Neutron gives it."""

    marks = ()

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        made = super().create(action, inputs, lambda id_: created(_own(id_)))
        return replace(made, id=_own(made.id))

    def resume(self, action: Action, id_: str, inputs: Properties) -> Created | None:
        made = super().resume(action, _whole(id_, inputs), inputs)
        return None if made is None else replace(made, id=id_)

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        return tuple(map(_own, super().find(action, inputs)))

    def condition(self, action: Action, id_: str, inputs: Properties) -> Condition:
        return super().condition(action, _whole(id_, inputs), inputs)

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:
        return super().read(action, _whole(id_, known), known)

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        """What is inside is one thing to Neutron: it wants all of it when a part changes."""
        inner = {name: known[name] for name in _INNER} if set(_INNER) & set(changed) else {}
        return super().update(action, _whole(id_, known), {**inner, **changed}, known)

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        super().delete(action, _whole(id_, known), known)

    def identifier(self, body: dict[str, Any]) -> str:
        return f"{body[_ABOVE]}/{body['id']}"

    def place(self, action: Action, id_: str) -> str:
        above, _, own = id_.partition("/")
        return f"{_forwardings(action, above)}/{quote(own, safe='')}"

    def post(self, action: Action, body: dict[str, Any]) -> dict[str, Any]:
        above = str(body.pop(_ABOVE))
        made = action.service().post(_forwardings(action, above), {action.type.api.key: body})
        return {**made[action.type.api.key], _ABOVE: above}

    def put(self, action: Action, id_: str, body: dict[str, Any]) -> dict[str, Any]:
        return {**super().put(action, id_, body), _ABOVE: id_.partition("/")[0]}

    def fetch(self, action: Action, id_: str) -> dict[str, Any] | None:
        body = super().fetch(action, id_)
        return None if body is None else {**body, _ABOVE: id_.partition("/")[0]}

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:
        above = str(known["floatingipId"])
        found = action.service().find(_forwardings(action, above)) or {}
        return [{**body, _ABOVE: above} for body in found.get(action.type.api.many, ())]


def _forwardings(action: Action, above: str) -> str:
    return f"floatingips/{quote(above, safe='')}/{action.type.api.many}"


def _own(id_: str) -> str:
    return id_.partition("/")[2]


def _whole(id_: str, known: Properties) -> str:
    if not known.get("floatingipId"):
        raise ProviderError(f"port forwarding {id_} cannot be looked up by its id alone: its floating IP is not known")
    return f"{known['floatingipId']}/{id_}"
