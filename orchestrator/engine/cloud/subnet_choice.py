"""Several subnets are allowed: take the first that has an address left."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.faults import ServiceFault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def first_with_room(subnets: Sequence[str], send: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """`send`'s answer for the first subnet that it is not refused for with 409; the last refusal is raised."""
    for subnet in subnets[:-1]:
        try:
            return send(subnet)
        except ServiceFault as fault:
            if fault.status != HTTPStatus.CONFLICT:
                raise
    return send(subnets[-1])
