"""The cost-sharing key (clé de répartition): which part of the operator's cost each member bears.

Half by guaranteed shares, for these are kept for a member whether it uses them or not; half by quotas, what it may use
at all. In each half cores, memory and storage count alike: a member's part is the mean of its parts of the three. A
half or a resource of which nobody has anything is left out. One key for the whole region: what a site costs more, all
bear. A member that lends hosts bears its part like the others, and its hosts' amortisation itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from orchestrator.model.catalogue import Catalogue
from orchestrator.model.quota_size import tenant_quota, tier_name
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant, TenantState

Amounts = tuple[int, int, int]
"""Cores, MiB of memory, GiB of storage of all tiers."""

RESOURCES: Final = 3


def sharing_key(specs: Specs) -> Mapping[str, Fraction]:
    """Tenant -> its part; they add up to 1, or are empty where nobody asks for anything. Retired ones bear nothing.

    Raises SpecError for a quota size that cannot be resolved.
    """
    members = [tenant for tenant in specs.tenants.values() if tenant.state is not TenantState.RETIRED]
    halves = [_parts(members, _guaranteed), _parts(members, lambda one: _quota(specs.catalogue, one))]
    found = [half for half in halves if half]
    return {one.name: sum((half[one.name] for half in found), Fraction()) / len(found) for one in members if found}


def _parts(members: Sequence[Tenant], amounts: Callable[[Tenant], Amounts]) -> Mapping[str, Fraction]:
    """The mean over the resources of which anybody has something; empty where nobody has anything."""
    wanted = {one.name: amounts(one) for one in members}
    totals = [sum(amount[at] for amount in wanted.values()) for at in range(RESOURCES)]
    counted = [at for at in range(RESOURCES) if totals[at]]
    return {
        name: sum((Fraction(amount[at], totals[at]) for at in counted), Fraction()) / len(counted)
        for name, amount in wanted.items()
        if counted
    }


def _guaranteed(tenant: Tenant) -> Amounts:
    share = tenant.guarantee
    return share.vcpus, share.memory_mib, sum(share.storage_gib.values())


def _quota(catalogue: Catalogue, tenant: Tenant) -> Amounts:
    quota = tenant_quota(catalogue, tenant.quota)
    return quota["vcpus"], quota["memoryMiB"], sum(quota[tier_name(tier)] for tier in catalogue.tiers)
