"""The three quota parts, one a service. They are read project by project, so they know how complete they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.compute_quota import ComputeQuotaReader
from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.moment import Moment
from orchestrator.adapters.inventory_openstack.network_quota import read_network_quota
from orchestrator.adapters.inventory_openstack.part import Part
from orchestrator.adapters.inventory_openstack.quota_sets import QuotaSets
from orchestrator.adapters.inventory_openstack.told import Told, told_now
from orchestrator.adapters.inventory_openstack.unified_limits import UnifiedLimits, read_unified_limits
from orchestrator.model.snapshot import (
    COMPUTE_QUOTA,
    NETWORK_QUOTA,
    VOLUME_QUOTA,
    PartHealth,
    ProjectQuota,
    ProjectRef,
)
from orchestrator.ports import Clock

UNIFIED_LIMITS: Final = "unified_limits"

Projects = Callable[[], Sequence[ProjectRef]]
"""Gives the projects as they were last read."""

QuotaRead = Callable[[Door, Sequence[ProjectRef]], Mapping[str, Told]]


class QuotaParts:
    """`at_once`: projects that a service without a list for all is asked for in one read, at most.

    `limits`: Keystone's, which need no projects and are read before: a Keystone that hangs must not hold up Nova's
    answers. They are no part of the snapshot, but a help for one.
    """

    def __init__(self, projects: Projects, clock: Clock, *, at_once: int) -> None:
        self._projects = projects
        self._clock = clock
        self.limits = Part(UNIFIED_LIMITS, read_unified_limits, UnifiedLimits(), clock)
        reads: dict[str, QuotaRead] = {
            COMPUTE_QUOTA: ComputeQuotaReader(clock, self._of_keystone, at_once=at_once).read,
            VOLUME_QUOTA: QuotaSets("block-storage", clock, at_once=at_once).read,
            NETWORK_QUOTA: self._of_neutron,
        }
        self._parts = {name: self._part(name, read) for name, read in reads.items()}
        self.parts: tuple[Part[Any], ...] = tuple(self._parts.values())

    def state(self) -> tuple[tuple[ProjectQuota, ...], tuple[PartHealth, ...]]:
        """Of projects that are there; a quota of one that has vanished since is none."""
        projects = {one.id for one in self._projects()}
        now = Moment.now(self._clock)
        quotas: list[ProjectQuota] = []
        healths: list[PartHealth] = []
        for name, part in self._parts.items():
            found, health = part.state()
            known = {project: told for project, told in sorted(found.items()) if project in projects}
            quotas.extend(
                ProjectQuota(part=name, project_id=project, limits=told.limits, read_at=told.at.time(now))
                for project, told in known.items()
            )
            healths.append(replace(health, completeness=len(known) / len(projects) if projects else 0.0))
        healths[0] = with_calls(healths[0], self.limits.state()[1])
        return tuple(quotas), tuple(healths)

    def _part(self, name: str, read: QuotaRead) -> Part[Mapping[str, Told]]:
        return Part(name, lambda door: read(door, self._projects()), {}, self._clock)

    def _of_keystone(self) -> tuple[UnifiedLimits, str]:
        limits, health = self.limits.state()
        return limits, health.error

    def _of_neutron(self, door: Door, projects: Sequence[ProjectRef]) -> Mapping[str, Told]:
        return told_now(read_network_quota(door, projects), Moment.now(self._clock))


def with_calls(health: PartHealth, other: PartHealth) -> PartHealth:
    """The other's calls on top of its own."""
    statuses = Counter(health.statuses) + Counter(other.statuses)
    return replace(health, calls=health.calls + other.calls, statuses=dict(sorted(statuses.items())))
