"""What a tenant costs a year: amounts, prices and the tariff of the day."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from small_tenant import CATALOGUE, TARIFFS, small_tenant

from orchestrator.model.backup import Backup
from orchestrator.model.object_storage import ObjectContainer
from orchestrator.model.price import (
    Amounts,
    declared_amounts,
    price_lines,
    quota_amounts,
    tariff_on,
    yearly_price,
)
from orchestrator.model.tenant import BootVolume, DesktopPool, Server, Volume


@pytest.mark.parametrize(
    ("day", "begun"),
    [("2024-12-31", None), ("2025-01-01", "2025-01-01"), ("2025-12-31", "2025-01-01"), ("2026-06-01", "2026-01-01")],
)
def test_a_tariff_counts_until_the_next_one_begins(day: str, begun: str | None) -> None:
    """Before the first one there is none."""
    tariff = tariff_on(TARIFFS, dt.date.fromisoformat(day))
    assert (tariff.valid_from.isoformat() if tariff else None) == begun


def test_declared_amounts_are_servers_desktops_volumes_roots_and_containers() -> None:
    """A local root disk comes with its server; a root volume is storage."""
    tenant = small_tenant(
        servers=(server("a"), server("b", BootVolume(tier="ssd", size_gib=20))),
        desktop_pools=(DesktopPool(name="d", project="m", count=3, flavor="small", image="i", network="n"),),
        volumes=(volume("v", 30),),
        object_containers=(ObjectContainer(name="c", project="m", tier="objects", size_gib=100),),
    )
    amounts = declared_amounts(CATALOGUE, tenant)
    assert (amounts.vcpus, amounts.memory_mib) == (5, 5 * 512)
    assert (dict(amounts.storage_gib), dict(amounts.object_gib)) == ({"ssd": 50}, {"objects": 100})


def test_what_is_under_backup_counts_once_for_each_tier() -> None:
    """Root disks, root volumes and volumes, by name or everything."""
    tenant = small_tenant(
        servers=(server("a"), server("b", BootVolume(tier="ssd", size_gib=20))),
        volumes=(volume("v", 30),),
        backups=(Backup(tier="daily", everything=True), Backup(tier="vault", servers=("a",), volumes=("v",))),
    )
    assert dict(declared_amounts(CATALOGUE, tenant).backup_gib) == {"daily": 10 + 20 + 30, "vault": 10 + 30}


def test_the_quota_prices_what_may_be_taken() -> None:
    """Cores, memory and volumes by quota; what has none, as declared."""
    tenant = small_tenant(object_containers=(ObjectContainer(name="c", project="m", tier="objects", size_gib=7),))
    amounts = quota_amounts(CATALOGUE, tenant)
    assert (amounts.vcpus, amounts.memory_mib, dict(amounts.storage_gib)) == (8, 8192, {"ssd": 20})
    assert dict(amounts.object_gib) == {"objects": 7}


def test_prices_are_exact_and_a_tier_without_one_is_free() -> None:
    """Ten times 0.1 is 1, and half a GiB is half the price."""
    amounts = Amounts(vcpus=1, memory_mib=512, storage_gib={"ssd": 10, "tape": 5})
    tariff = tariff_on(TARIFFS, dt.date(2026, 6, 1))
    assert tariff is not None
    prices = [(line.what, line.tier, line.price) for line in price_lines(tariff, amounts)]
    assert prices == [("vcpus", "", 60), ("memory", "", 15), ("storage", "ssd", 1), ("storage", "tape", 0)]
    assert yearly_price(tariff, amounts) == Fraction(76)


def server(name: str, root: BootVolume | None = None) -> Server:
    return Server(name=name, display_name=name, project="m", flavor="small", image="i", networks=(), boot_volume=root)


def volume(name: str, size: int) -> Volume:
    return Volume(name=name, display_name=name, project="m", tier="ssd", size_gib=size)
