"""The three quota parts, one a service. They are read project by project, so they know how complete they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from orchestrator.adapters.inventory_openstack.compute_quota import ComputeQuotaReader
from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.network_quota import read_network_quota
from orchestrator.adapters.inventory_openstack.part import Part
from orchestrator.adapters.inventory_openstack.quota_sets import Limits, QuotaSets
from orchestrator.model.snapshot import (
    COMPUTE_QUOTA,
    NETWORK_QUOTA,
    VOLUME_QUOTA,
    PartHealth,
    ProjectQuota,
    ProjectRef,
)
from orchestrator.ports import Clock

Projects = Callable[[], Sequence[ProjectRef]]
"""Gives the projects as they were last read."""

QuotaRead = Callable[[Door, Sequence[ProjectRef]], Mapping[str, Limits]]


class QuotaParts:
    """`at_once`: projects that a service without a list for all is asked for in one read, at most."""

    def __init__(self, projects: Projects, clock: Clock, *, at_once: int) -> None:
        self._projects = projects
        reads: dict[str, QuotaRead] = {
            COMPUTE_QUOTA: ComputeQuotaReader(at_once=at_once).read,
            VOLUME_QUOTA: QuotaSets("block-storage", at_once=at_once).read,
            NETWORK_QUOTA: read_network_quota,
        }
        self.parts: tuple[Part[Any], ...] = tuple(self._part(name, read, clock) for name, read in reads.items())

    def _part(self, name: str, read: QuotaRead, clock: Clock) -> Part[tuple[ProjectQuota, ...]]:
        def quotas(door: Door) -> tuple[ProjectQuota, ...]:
            found = read(door, self._projects())
            return tuple(ProjectQuota(part=name, project_id=one, limits=found[one]) for one in sorted(found))

        return Part(name, quotas, (), clock)

    def state(self) -> tuple[tuple[ProjectQuota, ...], tuple[PartHealth, ...]]:
        """Of projects that are there; a quota of one that has vanished since is none."""
        projects = {one.id for one in self._projects()}
        quotas: list[ProjectQuota] = []
        healths: list[PartHealth] = []
        for part in self.parts:
            found, health = part.state()
            known = [one for one in found if one.project_id in projects]
            quotas.extend(known)
            healths.append(replace(health, completeness=len(known) / len(projects) if projects else 0.0))
        return tuple(quotas), tuple(healths)
