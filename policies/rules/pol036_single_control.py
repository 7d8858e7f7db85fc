"""POL036: the region goes on when one of the hosts that carry its control plane is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.site import HostRole
from orchestrator.model.specs import Specs
from policies.rule import Rule

ENOUGH: Final = {HostRole.CONTROL: 3, HostRole.NETWORK: 2}
"""Databases and queues of the control plane need a majority; network agents need a second one."""


def _check(subject: Subject) -> Iterator[Violation]:
    for role, enough in ENOUGH.items():
        yield from _judge(subject.specs, role, enough)


def _judge(specs: Specs, role: HostRole, enough: int) -> Iterator[Violation]:
    """Nobody with the role: it runs on machines that are not in these specs."""
    bearers = [host for host in specs.hosts.values() if role in host.roles]
    if not 0 < len(bearers) < enough:
        return
    host = bearers[0]
    names = ", ".join(f"'{one.name}'" for one in bearers)
    yield Violation(
        object=ObjectRef(kind="Host", name=host.name),
        path=("spec", "roles", host.roles.index(role)),
        message=f"role {role.value} is carried by {names} alone; it takes {enough} hosts to outlive the loss of one",
        hint=f"give role {role.value} to {enough - len(bearers)} more",
    )


RULE = Rule(
    code="POL036",
    name="single-control",
    severity=Severity.WARNING,
    summary="Three hosts carry role control and two carry role network, where any does.",
    hint="give the role to more hosts",
    reference="OpenStack High Availability Guide; majority of Galera and RabbitMQ",
    check=_check,
)
