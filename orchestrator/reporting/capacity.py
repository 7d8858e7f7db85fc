"""Capacity figures for a terminal, and as plain data for JSON. Pure: figures in, text out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource, TenantLine
from orchestrator.model.quota import UNLIMITED
from orchestrator.model.snapshot import InventorySnapshot, PartHealth
from orchestrator.reporting.table import bar, table

SCHEMA_VERSION: Final = 1
BAR: Final = 20
SITES: Final = (
    "site",
    "resource",
    "physical",
    "allocatable",
    "guaranteed",
    "declared",
    "quota",
    "allocated",
    "of allocatable",
    "",
)
TENANTS: Final = ("tenant", "resource", "declared", "quota", "guaranteed", "allocated", "of declared", "")


def capacity_to_text(capacity: RegionCapacity, snapshot: InventorySnapshot | None = None) -> str:
    """Two tables, sites and tenants. Says where the figures come from and which are old.

    A bar is what is allocated, of what may be handed out (sites) or declared (tenants); `-`: not known or
    not applicable. Tenants' lines that are all 0 are left out.
    """
    tenants = [line for line in capacity.tenants if _any(line)]
    blocks = [
        f"Capacity of region {capacity.region} (supply as {SUPPLY[capacity.supply]})",
        table([_heading(SITES), *_grouped(map(_site_row, capacity.sites))], right=frozenset({2, 3, 4, 5, 6, 7})),
        table([_heading(TENANTS), *_grouped(map(_tenant_row, tenants))], right=frozenset({2, 3, 4, 5})),
        _freshness(snapshot),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def capacity_to_data(capacity: RegionCapacity, snapshot: InventorySnapshot | None = None) -> dict[str, Any]:
    """JSON-able. Amounts in base units: bytes, vcpus, pieces; null: not known or not applicable; -1: unlimited."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "region": capacity.region,
        "supply": capacity.supply.value,
        "sites": [asdict(line) for line in capacity.sites],
        "aggregates": [asdict(line) for line in capacity.aggregates],
        "tenants": [asdict(line) for line in capacity.tenants],
        "states": dict(capacity.states),
        "parts": [asdict(health) for health in snapshot.health] if snapshot else [],
    }


SUPPLY: Final = {"specs": "written in the specs", "cloud": "seen in the cloud"}


def _heading(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.upper() for name in names)


def _grouped(rows: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """The first cell only where it changes."""
    before = None
    for row in rows:
        yield ("", *row[1:]) if row[0] == before else row
        before = row[0]


def _site_row(line: CapacityLine) -> tuple[str, ...]:
    amounts = (line.physical, line.allocatable, line.guaranteed, line.declared, line.quota, line.allocated)
    texts = (_text(line.resource, amount) for amount in amounts)
    return (line.site or "(region)", _what(line), *texts, *_use(line.allocated, line.allocatable))


def _tenant_row(line: TenantLine) -> tuple[str, ...]:
    amounts = (line.declared, line.quota, line.guaranteed, line.allocated)
    texts = (_text(line.resource, amount) for amount in amounts)
    return (line.tenant or "(nobody's)", _what(line), *texts, *_use(line.allocated, line.declared))


def _any(line: TenantLine) -> bool:
    return any((line.declared, line.quota, line.guaranteed, line.allocated))


def _what(line: CapacityLine | TenantLine) -> str:
    return f"{line.resource.value.replace('_', ' ')} {line.tier}".rstrip()


def _text(resource: Resource, amount: int | None) -> str:
    if amount is None:
        return "-"
    return "unlimited" if amount == UNLIMITED else amount_text(resource, amount)


def _use(used: int | None, of: int | None) -> tuple[str, str]:
    """Bar and percentage. Something taken of nothing is over, not a division by zero."""
    if used is None or of is None:
        return ("", "")
    if not of:
        return ("", "over" if used else "")
    return (bar(used / of, BAR), f"{100 * used / of:.0f} %")


def _freshness(snapshot: InventorySnapshot | None) -> str:
    if snapshot is None:
        return ""
    stale = (_stale(health, snapshot.taken_at) for health in snapshot.health if not health.up)
    partial = (_partial(health) for health in snapshot.health if health.up and health.completeness < 1)
    return "\n".join((*stale, *partial))


def _partial(health: PartHealth) -> str:
    return f"! {health.part}: known for {100 * health.completeness:.0f} % of the projects"


def _stale(health: PartHealth, now: float) -> str:
    age = f"{now - health.last_success:.0f} s old" if health.last_success else "never read"
    return f"! {health.part}: {age}: {health.error}"
