"""A server does one thing at a time: Nova answers 409 while a task runs, and is asked again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar

from orchestrator.engine.cloud.faults import ServiceFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.engine.cloud.handler import Action

T = TypeVar("T")

# Nova's words for a task that will end; a wrong `vm_state` will not
_PASSING: Final = ("task_state", "being used by another request", "Please retry")


def when_idle(action: Action, call: Callable[[], T]) -> T:
    """`call`'s answer, asked again within the action's limit while its server is busy."""
    pauses = action.deadline.pauses("the server to become idle")
    while True:
        try:
            return call()
        except ServiceFault as fault:
            if fault.status != HTTPStatus.CONFLICT or not any(words in fault.text for words in _PASSING):
                raise
            pauses.wait(fault)
