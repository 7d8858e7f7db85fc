"""POL105: one control host at a time is in maintenance: databases and message queues live by a majority."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Violation
from orchestrator.model.site import HostRole
from policies.plan_rule import PlanRule


def _check(facts: PlanFacts) -> Iterator[Violation]:
    """The plan has no steps for hosts yet: what the Host specs ask for is judged."""
    hosts = (host for host in facts.specs.hosts.values() if HostRole.CONTROL in host.roles and host.maintenance)
    away = sorted(host.name for host in hosts)
    for name in away[1:]:
        message = f"control host '{name}' is in maintenance together with '{away[0]}'"
        yield Violation(object=ObjectRef(kind="Host", name=name), path=("spec", "maintenance"), message=message)


RULE = PlanRule(
    code="POL105",
    name="control-hosts",
    severity=Severity.ERROR,
    summary="At most one control host of the region is in maintenance.",
    hint="finish one host, apply, then take the next",
    reference="MariaDB Galera and RabbitMQ documentation: a cluster without a majority stops",
    check=_check,
)
