"""A load balancer takes one change at a time, with all that hangs on it: changes of this process take turns.

What others change meanwhile is answered with 409 ("immutable") and waited out.
"""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar

from orchestrator.engine.cloud.faults import NotReady, ServiceFault, called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orchestrator.engine.cloud.handler import Action

T = TypeVar("T")

_LOOK: Final = 0.5  # seconds between looks at the deadline while another change goes on
_PASSING: Final = ("immutable", "invalid state pending")


@contextmanager
def turn(action: Action, balancer: str) -> Iterator[None]:
    """Alone among this process's changes of the load balancer."""
    what, lock = f"the turn at load balancer {balancer}", action.locks(f"load balancer {balancer}")
    while not lock.acquire(timeout=max(min(_LOOK, action.deadline.left), 0.01)):
        action.deadline.check(what)
    try:
        yield
    finally:
        lock.release()


def when_mutable(action: Action, balancer: str, call: Callable[[], T]) -> T:
    """`call`'s answer, asked again while the load balancer is being changed; one in ERROR never takes it."""
    pauses = action.deadline.pauses(f"load balancer {balancer} to take a change")
    while True:
        try:
            return call()
        except ServiceFault as fault:
            if fault.status != HTTPStatus.CONFLICT or not _passing(fault):
                raise
            _refuse_broken(action, balancer, fault)
            pauses.wait(fault)


def _passing(fault: ServiceFault) -> bool:
    return any(words in fault.text.lower() for words in _PASSING)


def _refuse_broken(action: Action, balancer: str, fault: ServiceFault) -> None:
    body: dict[str, Any] = (action.service().find(f"lbaas/loadbalancers/{balancer}") or {}).get("loadbalancer", {})
    if body.get("provisioning_status") == "ERROR":
        name = called("load balancer", balancer, body)
        raise NotReady(
            f"{fault}; {name} is in ERROR and takes no change: "
            f"fail it over (openstack loadbalancer failover {balancer}) and run again, or replace it"
        ) from fault
