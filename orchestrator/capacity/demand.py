"""What tenants were promised: quotas (may be promised more than once) and guaranteed shares (must always fit)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orchestrator.model.capacity import GIB, MIB, Resource
from orchestrator.model.quota_size import tenant_quota, tier_name
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant, TenantState

QUOTAS: Final = {
    Resource.VCPUS: ("vcpus", 1),
    Resource.MEMORY: ("memoryMiB", MIB),
    Resource.SERVERS: ("servers", 1),
    Resource.FLOATING_IPS: ("floatingIPs", 1),
}
"""Resource -> quota name and what one of its units is in ours. Local disk has no quota in OpenStack."""

QUOTED: Final = frozenset({*QUOTAS, Resource.STORAGE})
GUARANTEED: Final = frozenset({Resource.VCPUS, Resource.MEMORY, Resource.STORAGE})
"""What a guaranteed share can be of."""

Want = tuple[Resource, str]
"""Resource, tier (storage only)."""


def promised(specs: Specs) -> tuple[Tenant, ...]:
    """The tenants that were promised something: a retired one was not."""
    return tuple(tenant for tenant in specs.tenants.values() if tenant.state is not TenantState.RETIRED)


def declared(specs: Specs, tenant: Tenant) -> Mapping[Want, int]:
    """A tenant's quotas, every resource and tier."""
    quota = tenant_quota(specs.catalogue, tenant.quota)
    plain = {(resource, ""): quota[name] * unit for resource, (name, unit) in QUOTAS.items()}
    return plain | {(Resource.STORAGE, tier): quota[tier_name(tier)] * GIB for tier in specs.catalogue.tiers}


def guaranteed(specs: Specs, tenant: Tenant) -> Mapping[Want, int]:
    """A tenant's guaranteed shares, every resource and tier that can be guaranteed."""
    share = tenant.guarantee
    plain = {(Resource.VCPUS, ""): share.vcpus, (Resource.MEMORY, ""): share.memory_mib * MIB}
    tiers = sorted({*specs.catalogue.tiers, *share.storage_gib})
    return plain | {(Resource.STORAGE, tier): share.storage_gib.get(tier, 0) * GIB for tier in tiers}


def demand_site(tenant: Tenant, resource: Resource) -> str:
    """Where a promise must be kept: at the tenant's site; addresses are the region's."""
    return "" if resource is Resource.FLOATING_IPS else tenant.site
