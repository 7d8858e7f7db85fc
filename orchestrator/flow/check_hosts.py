"""Ask hosts what setting them up would change. Writes nothing on them; the plan is the same with and without."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.errors import UsageError
from orchestrator.flow.plan import Planned, World
from orchestrator.model.plan import Plan, host_of
from orchestrator.ports import TaskSeen


def with_checks(planned: Planned, world: World, seen: TaskSeen, *, every: bool) -> Plan:
    """The plan with what the hosts of its steps said; `every`: also those that nothing would be done to.

    Raises UsageError for a region that somebody else installs, and what the HostApplier raises.
    """
    if planned.hosts is None or world.hosts is None:
        raise UsageError(
            f"region {planned.plan.region} is not installed by its specs",
            hint="leave --check-hosts away, or see docs/hosts.md",
        )
    inventory = planned.hosts.inventory
    due = [host for step in planned.plan.steps if (host := host_of(step.name))]
    asked = [host.name for host in inventory.hosts] if every else due
    results = world.hosts.check(inventory, asked, seen) if asked else {}
    return replace(planned.plan, checks=tuple(results[host] for host in asked if host in results))
