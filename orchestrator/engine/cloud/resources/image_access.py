"""An image shared with a project. Only the member itself may accept it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.link import Link
from orchestrator.engine.provider import Created

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.link import Ends
    from orchestrator.engine.provider import Properties


class ImageAccess(Link):
    ends = ("imageId", "memberId")

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        ends = self.given(inputs)
        body = action.service().post(f"images/{ends['imageId']}/members", {"member": ends["memberId"]})
        created(self.join(ends))
        if inputs.get("status"):
            body = self._answer(action, ends, inputs["status"])
        return Created(id=self.join(ends), outputs={**ends, **_told(action, body)})

    def tied(self, action: Action, ends: Ends) -> dict[str, Any] | None:
        body = action.service().find(_place(ends))
        return None if body is None else _told(action, body)

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        ends = self.split(id_)
        status = changed.get("status") or known.get("status")
        return {**ends, **_told(action, self._answer(action, ends, status))}

    def untie(self, action: Action, ends: Ends) -> None:
        action.service().delete(_place(ends))

    def _answer(self, action: Action, ends: Ends, status: Any) -> Any:
        return action.service().put(_place(ends), {"status": status})


def _place(ends: Ends) -> str:
    return f"images/{ends['imageId']}/members/{ends['memberId']}"


def _told(action: Action, body: Mapping[str, Any]) -> dict[str, Any]:
    names = ("status", "createdAt", "updatedAt", "schema")
    properties = action.type.properties
    told = {name: values.decode(properties[name], body.get(properties[name].key)) for name in names}
    return {name: value for name, value in told.items() if value is not None}
