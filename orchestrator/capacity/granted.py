"""The layer quota: what the cloud's API lets each tenant take, whatever the specs say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from orchestrator.capacity.demand import QUOTAS, QUOTED, Want
from orchestrator.model.capacity import GIB, Resource
from orchestrator.model.quota import UNLIMITED
from orchestrator.model.quota_size import tier_name
from orchestrator.model.snapshot import (
    COMPUTE_QUOTA,
    IDENTITY,
    NETWORK_QUOTA,
    VOLUME_QUOTA,
    InventorySnapshot,
)

PARTS: Final = {
    Resource.VCPUS: COMPUTE_QUOTA,
    Resource.MEMORY: COMPUTE_QUOTA,
    Resource.SERVERS: COMPUTE_QUOTA,
    Resource.STORAGE: VOLUME_QUOTA,
    Resource.FLOATING_IPS: NETWORK_QUOTA,
}
"""The part of the snapshot that tells the quota of a resource."""

Limits = Mapping[tuple[str, str], Mapping[str, int]]
"""Part and project -> limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """`projects`: tenant -> ids of its projects. `parts`: those that were ever read, the identity part included."""

    projects: Mapping[str, tuple[str, ...]]
    limits: Limits
    parts: frozenset[str]

    def of(self, tenant: str, want: Want) -> int | None:
        """The sum over the tenant's projects, in base units; 0 for a tenant that has none yet.

        UNLIMITED when one of them has no limit; None when one's is not known, or there is no such quota.
        """
        resource, tier = want
        if resource not in QUOTED:
            return None
        name, unit = (tier_name(tier), GIB) if resource is Resource.STORAGE else QUOTAS[resource]
        whole = self.total(tenant, PARTS[resource], name)
        return whole if whole in {None, UNLIMITED} else (whole or 0) * unit

    def total(self, tenant: str, part: str, name: str) -> int | None:
        """The same of any quota that a part tells of, by its name (model/quota.py) and in its unit."""
        if not {IDENTITY, part} <= self.parts:
            return None
        return together(self.limits.get((part, one), {}).get(name) for one in self.projects.get(tenant, ()))


def together(amounts: Iterable[int | None]) -> int | None:
    """The sum of quotas: unknown when one is, else without limit when one is."""
    given = tuple(amounts)
    if None in given:
        return None
    return UNLIMITED if UNLIMITED in given else sum(amount or 0 for amount in given)


def granted(snapshot: InventorySnapshot | None) -> Granted:
    """Empty tenant: projects of nobody."""
    projects: defaultdict[str, list[str]] = defaultdict(list)
    for project in snapshot.projects if snapshot else ():
        projects[project.tenant].append(project.id)
    return Granted(
        projects={tenant: tuple(ids) for tenant, ids in projects.items()},
        limits={(one.part, one.project_id): one.limits for one in snapshot.quotas} if snapshot else {},
        parts=frozenset(one.part for one in snapshot.health if one.last_success > 0) if snapshot else frozenset(),
    )
