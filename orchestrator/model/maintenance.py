"""Hosts going into maintenance and coming back from it: what is to be done, as a plan tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from orchestrator.model.host_duty import CarriedServer, HostService, LeftBehind

_PREFIX: Final = "maintenance/"


def maintenance_step(host: str) -> str:
    """The name of the step that takes a host out of duty, and of the one that gives it back."""
    return f"{_PREFIX}{host}"


def host_in_maintenance(step: str) -> str:
    """The host of such a step; empty: it is another step."""
    return step.removeprefix(_PREFIX) if step.startswith(_PREFIX) else ""


class Duty(StrEnum):
    LEAVE = "leave"  # disable its services, move its servers away
    RETURN = "return"  # enable what we disabled


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMove:
    """A server that leaves a host, as it stands when the plan is made. `target` empty: it cannot be moved as it is.

    `status`: Nova's, which decides how it moves.
    """

    server: str
    owner: str
    target: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDecision:
    """What is to be done on one host. `services`: to disable, or to enable; `servers`: that are to leave it.

    `kept`: services that somebody disabled by hand, as sentences.
    """

    host: str
    duty: Duty
    services: tuple[HostService, ...]
    servers: tuple[CarriedServer, ...] = ()
    left_behind: tuple[LeftBehind, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        return "maintenance: true" if self.duty is Duty.LEAVE else "its maintenance is over"
