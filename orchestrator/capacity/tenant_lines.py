"""Lines by tenant: what it was promised and what it takes, whatever the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orchestrator.capacity.demand import GUARANTEED, QUOTED, Want, declared, guaranteed, promised
from orchestrator.capacity.granted import Granted, granted
from orchestrator.capacity.use import tenant_use, tenant_use_known
from orchestrator.model.capacity import Resource, TenantLine
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs


def tenant_lines(specs: Specs, snapshot: InventorySnapshot | None) -> tuple[TenantLine, ...]:
    """Every tenant of the specs with every resource; after them what others use, sorted by tenant.

    A retired tenant was promised 0, and shows what it still takes until it is deleted.
    """
    used = tenant_use(snapshot) if snapshot else {}
    quotas = granted(snapshot)
    wanted = {(name, want) for name in specs.tenants for want in _wants(specs)}
    promises = {tenant.name: (declared(specs, tenant), guaranteed(specs, tenant)) for tenant in promised(specs)}
    return tuple(
        _line(specs, tenant, want, promises.get(tenant, ({}, {})), quotas, _known(snapshot, used, tenant, want))
        for tenant, want in sorted({*wanted, *used}, key=lambda one: (one[0], one[1][0].rank, one[1][1]))
    )


def _wants(specs: Specs) -> Iterable[Want]:
    yield from ((resource, "") for resource in Resource if resource is not Resource.STORAGE)
    yield from ((Resource.STORAGE, tier) for tier in specs.catalogue.tiers)


def _known(
    snapshot: InventorySnapshot | None, used: Mapping[tuple[str, Want], int], tenant: str, want: Want
) -> int | None:
    return used.get((tenant, want), 0) if tenant_use_known(snapshot, want[0]) else None


def _line(
    specs: Specs,
    tenant: str,
    want: Want,
    promises: tuple[Mapping[Want, int], Mapping[Want, int]],
    quotas: Granted,
    allocated: int | None,
) -> TenantLine:
    resource, tier = want
    ours = tenant in specs.tenants
    quota, share = promises
    return TenantLine(
        tenant=tenant,
        resource=resource,
        tier=tier,
        declared=quota.get(want, 0) if ours and resource in QUOTED else None,
        quota=quotas.of(tenant, want),
        guaranteed=share.get(want, 0) if ours and resource in GUARANTEED else None,
        allocated=allocated,
    )
