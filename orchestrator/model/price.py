"""What a tenant costs a year by the tariff: the one place for this arithmetic, for budgets and for statements.

Amounts of two kinds have prices: what the specs declare (servers by their flavors, desktops, volumes, root volumes,
containers, what is under backup), and the quota, for vcpus, memory and volumes (the rest as declared: it has none).
A local root disk comes with its server. A tier without a price costs nothing; POL039 tells.
Exact fractions of numbers as written; rounding is for whoever shows them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Final

from orchestrator.model.catalogue import Catalogue, Tariff
from orchestrator.model.quota_size import tenant_quota, tier_name
from orchestrator.model.tenant import Tenant

MIB_PER_GIB: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """What is paid for. GiB by tier; backup: what is under backup, not what its copies take."""

    vcpus: int = 0
    memory_mib: int = 0
    storage_gib: Mapping[str, int] = field(default_factory=dict)
    object_gib: Mapping[str, int] = field(default_factory=dict)
    backup_gib: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """`what`: `vcpus`, `memory`, `storage`, `objects` or `backup`; `tier`: empty for the first two; amount in GiB."""

    what: str
    tier: str
    amount: Fraction
    per_unit: Fraction

    @property
    def price(self) -> Fraction:
        """For a year, in the region's currency."""
        return self.amount * self.per_unit


def tariff_on(tariffs: Sequence[Tariff], day: dt.date) -> Tariff | None:
    """The one that began last; None before the first."""
    begun = [tariff for tariff in tariffs if tariff.valid_from <= day]
    return max(begun, key=lambda tariff: tariff.valid_from) if begun else None


def declared_amounts(catalogue: Catalogue, tenant: Tenant) -> Amounts:
    """What the spec asks for, by itself."""
    flavors = Counter(server.flavor for server in tenant.servers)
    for pool in tenant.desktop_pools:
        flavors[pool.flavor] += pool.count
    roots = [(root.tier, root.size_gib) for server in tenant.servers if (root := server.boot_volume)]
    return Amounts(
        vcpus=sum(catalogue.flavors[name].vcpus * number for name, number in flavors.items()),
        memory_mib=sum(catalogue.flavors[name].memory_mib * number for name, number in flavors.items()),
        storage_gib=_by_tier([*((one.tier, one.size_gib) for one in tenant.volumes), *roots]),
        object_gib=_by_tier([(one.tier, one.size_gib) for one in tenant.object_containers]),
        backup_gib=_by_tier(list(_under_backup(catalogue, tenant))),
    )


def quota_amounts(catalogue: Catalogue, tenant: Tenant) -> Amounts:
    """What the tenant may take without asking anybody."""
    quota = tenant_quota(catalogue, tenant.quota)
    return replace(
        declared_amounts(catalogue, tenant),
        vcpus=quota["vcpus"],
        memory_mib=quota["memoryMiB"],
        storage_gib={tier: quota[tier_name(tier)] for tier in catalogue.tiers},
    )


def price_lines(tariff: Tariff, amounts: Amounts) -> tuple[PriceLine, ...]:
    """In the order of the tariff; nothing for what is not taken."""
    lines = [
        _line("vcpus", "", Fraction(amounts.vcpus), tariff.per_vcpu),
        _line("memory", "", Fraction(amounts.memory_mib, MIB_PER_GIB), tariff.per_memory_gib),
    ]
    for what, sizes, prices in (
        ("storage", amounts.storage_gib, tariff.per_storage_gib),
        ("objects", amounts.object_gib, tariff.per_object_storage_gib),
        ("backup", amounts.backup_gib, tariff.per_backup_gib),
    ):
        lines += [_line(what, tier, Fraction(size), prices.get(tier, 0)) for tier, size in sorted(sizes.items())]
    return tuple(line for line in lines if line.amount)


def yearly_price(tariff: Tariff, amounts: Amounts) -> Fraction:
    """The sum of its lines, in the region's currency."""
    return sum((line.price for line in price_lines(tariff, amounts)), Fraction())


def _line(what: str, tier: str, amount: Fraction, price: float) -> PriceLine:
    return PriceLine(what=what, tier=tier, amount=amount, per_unit=_exact(price))


@cache
def _exact(price: float) -> Fraction:
    """As written: 0.1 is one tenth."""
    return Fraction(str(price))


def _by_tier(sizes: Sequence[tuple[str, int]]) -> Mapping[str, int]:
    totals: Counter[str] = Counter()
    for tier, size in sizes:
        totals[tier] += size
    return totals


def _under_backup(catalogue: Catalogue, tenant: Tenant) -> Iterator[tuple[str, int]]:
    """(backup tier, GiB): a server's root disk or root volume, a volume's size."""
    servers = {
        server.name: server.boot_volume.size_gib if server.boot_volume else catalogue.flavors[server.flavor].disk_gib
        for server in tenant.all_servers
    }
    volumes = {volume.name: volume.size_gib for volume in tenant.volumes}
    for backup in tenant.backups:
        yield from ((backup.tier, servers[name]) for name in (servers if backup.everything else backup.servers))
        yield from ((backup.tier, volumes[name]) for name in (volumes if backup.everything else backup.volumes))
