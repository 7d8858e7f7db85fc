"""Network objects of tenants: how many the specs and the API allow, how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orchestrator.capacity.demand import promised
from orchestrator.capacity.granted import granted
from orchestrator.capacity.tally import tally
from orchestrator.capacity.use import owners
from orchestrator.model.quota_size import tenant_quota
from orchestrator.model.snapshot import IDENTITY, NETWORK_OBJECTS, NETWORK_QUOTA, InventorySnapshot
from orchestrator.model.specs import Specs

KINDS: Final = {
    "networks": "networks",
    "subnets": "subnets",
    "routers": "routers",
    "ports": "ports",
    "security_groups": "securityGroups",
}
"""Resource, as figures call it -> quota name (model/quota.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectLine:
    """One kind of one tenant; None: not known. `tenant` empty: projects of nobody. A quota may be UNLIMITED."""

    tenant: str
    resource: str
    declared: int | None
    quota: int | None
    allocated: int | None


def object_lines(specs: Specs, snapshot: InventorySnapshot) -> tuple[ObjectLine, ...]:
    """Every tenant of the specs with every kind, then nobody's and those that left the specs; sorted."""
    used = _used(snapshot)
    quotas = granted(snapshot)
    asked = {tenant.name: tenant_quota(specs.catalogue, tenant.quota) for tenant in promised(specs)}
    seen = snapshot.known(NETWORK_OBJECTS, IDENTITY)
    return tuple(
        ObjectLine(
            tenant=tenant,
            resource=kind,
            declared=asked.get(tenant, {}).get(quota, 0) if tenant in specs.tenants else None,
            quota=quotas.total(tenant, NETWORK_QUOTA, quota),
            allocated=used.get((tenant, quota), 0) if seen else None,
        )
        for tenant in sorted({*specs.tenants, *(owner for owner, _ in used)})
        for kind, quota in KINDS.items()
    )


def _used(snapshot: InventorySnapshot) -> Mapping[tuple[str, str], int]:
    """(tenant, quota name) -> number."""
    tenants = owners(snapshot)
    return tally(
        ((tenants.get(project, ""), quota), number)
        for quota, projects in snapshot.objects.items()
        for project, number in projects.items()
    )
