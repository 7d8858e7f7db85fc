"""Capacity as text and as data."""

from __future__ import annotations

import json

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource, Source, TenantLine
from orchestrator.model.snapshot import InventorySnapshot, PartHealth
from orchestrator.reporting.capacity import capacity_to_data, capacity_to_text
from orchestrator.reporting.table import bar

GIB = 2**30
FIGURES = RegionCapacity(
    region="demo",
    supply=Source.CLOUD,
    sites=(
        CapacityLine(
            site="", resource=Resource.FLOATING_IPS, physical=10, allocatable=10, declared=8, quota=6, allocated=1
        ),
        CapacityLine(site="north", resource=Resource.MEMORY, physical=1536 * GIB, allocatable=GIB, allocated=GIB // 2),
        CapacityLine(site="north", resource=Resource.STORAGE, tier="fast", allocatable=0, allocated=5 * GIB),
        CapacityLine(site="north", resource=Resource.VCPUS, physical=80, allocatable=200, allocated=300),
    ),
    aggregates=(),
    tenants=(
        TenantLine(tenant="", resource=Resource.VCPUS, allocated=2),
        TenantLine(tenant="alpha", resource=Resource.MEMORY, quota=GIB),
        TenantLine(tenant="alpha", resource=Resource.SERVERS, declared=4, quota=-1, allocated=1),
        TenantLine(tenant="alpha", resource=Resource.VCPUS, declared=0, guaranteed=0, allocated=0),
    ),
    states={"active": 1},
)
GOLDEN = """\
Capacity of region demo (supply as seen in the cloud)

SITE      RESOURCE      PHYSICAL  ALLOCATABLE  GUARANTEED  DECLARED  QUOTA  ALLOCATED  OF ALLOCATABLE
(region)  floating ips        10           10           -         8      6          1  ██                    10 %
north     memory         1.5 TiB        1 GiB           -         -      -    512 MiB  ██████████            50 %
          storage fast         -          0 B           -         -      -      5 GiB                        over
          vcpus               80          200           -         -      -        300  ████████████████████  150 %

TENANT      RESOURCE  DECLARED      QUOTA  GUARANTEED  ALLOCATED  OF DECLARED
(nobody's)  vcpus            -          -           -          2
alpha       memory           -      1 GiB           -          -
            servers          4  unlimited           -          1  █████                 25 %
"""


def test_the_table_is_aligned_and_says_how_full_everything_is() -> None:
    """Unknown is a dash, what is taken of nothing is over, a tenant's empty line is left out."""
    assert capacity_to_text(FIGURES) == GOLDEN


def test_a_stale_part_is_said_under_the_tables() -> None:
    """With its age and its error; a fresh part says nothing unless it is not complete."""
    health = (
        PartHealth(part="compute", up=True, last_success=100, seconds=0.1, calls=3),
        PartHealth(part="volume", up=False, last_success=40, seconds=30, calls=1, error="no answer"),
        PartHealth(part="network", up=False, last_success=0, seconds=30, calls=1, error="refused"),
        PartHealth(part="volume_quota", up=True, last_success=100, seconds=1, calls=9, completeness=0.25),
    )
    text = capacity_to_text(FIGURES, _snapshot(health))
    assert text.endswith(
        "\n! volume: 60 s old: no answer\n! network: never read: refused\n"
        "! volume_quota: known for 25 % of the projects\n"
    )


def test_the_data_is_json_in_base_units() -> None:
    """Enumerations are their words, unknown is null."""
    data = json.loads(json.dumps(capacity_to_data(FIGURES)))
    assert data["sites"][1]["allocated"] == GIB // 2
    assert data["sites"][1]["resource"] == "memory"
    assert data["sites"][1]["declared"] is None


def test_a_bar_shows_little_and_is_full_only_when_full() -> None:
    """0.1 % is seen, 99.9 % is not full, 150 % is."""
    assert [bar(share, 2) for share in (0, 0.001, 0.5, 0.999, 1, 1.5)] == ["  ", "▏ ", "█ ", "█▉", "██", "██"]


def test_amounts_are_said_in_the_largest_fitting_unit() -> None:
    """One decimal at most; 1023.99 MiB is 1 GiB, not 1024 MiB."""
    sizes = (0, 1023, 1024, 1536 * 1024, GIB - 1, 5 * 2**60)
    assert [amount_text(Resource.DISK, size) for size in sizes] == [
        "0 B",
        "1023 B",
        "1 KiB",
        "1.5 MiB",
        "1 GiB",
        "5 EiB",
    ]
    assert amount_text(Resource.VCPUS, 2048) == "2048"


def _snapshot(health: tuple[PartHealth, ...]) -> InventorySnapshot:
    return InventorySnapshot(
        taken_at=100,
        projects=(),
        hypervisors=(),
        servers=(),
        volumes=(),
        pools=(),
        addresses=(),
        floating_ips={},
        health=health,
    )
