"""A user in a group."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.link import Link

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.link import Ends


class UserMembership(Link):
    ends = ("userId", "groupId")

    def tie(self, action: Action, ends: Ends) -> None:
        action.service().put(_place(ends), None)

    def tied(self, action: Action, ends: Ends) -> dict[str, Any] | None:
        try:
            action.service().call("HEAD", _place(ends))
        except ServiceFault as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                return None
            raise
        return {}

    def untie(self, action: Action, ends: Ends) -> None:
        action.service().delete(_place(ends))


def _place(ends: Ends) -> str:
    return f"groups/{ends['groupId']}/users/{ends['userId']}"
