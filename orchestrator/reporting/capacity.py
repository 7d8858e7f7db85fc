"""Capacity figures for a terminal, and as plain data for JSON. Pure: figures in, text out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource, TenantLine
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
    "allocated",
    "of allocatable",
    "",
)
TENANTS: Final = ("tenant", "resource", "declared", "guaranteed", "allocated", "of declared", "")


def capacity_to_text(capacity: RegionCapacity, snapshot: InventorySnapshot | None = None) -> str:
    """Two tables, sites and tenants. Says where the figures come from and which are old.

    A bar is what is allocated, of what may be handed out (sites) or of the quota (tenants); `-`: not known or
    not applicable. Tenants' lines that are all 0 are left out.
    """
    tenants = [line for line in capacity.tenants if line.declared or line.guaranteed or line.allocated]
    blocks = [
        f"Capacity of region {capacity.region} (supply as {SUPPLY[capacity.supply]})",
        table([_heading(SITES), *_grouped(map(_site_row, capacity.sites))], right=frozenset({2, 3, 4, 5, 6})),
        table([_heading(TENANTS), *_grouped(map(_tenant_row, tenants))], right=frozenset({2, 3, 4})),
        _freshness(snapshot),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def capacity_to_data(capacity: RegionCapacity, snapshot: InventorySnapshot | None = None) -> dict[str, Any]:
    """JSON-able. Amounts in base units: bytes, vcpus, pieces; null: not known or not applicable."""
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
    amounts = (line.physical, line.allocatable, line.guaranteed, line.declared, line.allocated)
    texts = (_text(line.resource, amount) for amount in amounts)
    return (line.site or "(region)", _what(line), *texts, *_use(line.allocated, line.allocatable))


def _tenant_row(line: TenantLine) -> tuple[str, ...]:
    texts = (_text(line.resource, amount) for amount in (line.declared, line.guaranteed, line.allocated))
    return (line.tenant or "(nobody's)", _what(line), *texts, *_use(line.allocated, line.declared))


def _what(line: CapacityLine | TenantLine) -> str:
    return f"{line.resource.value.replace('_', ' ')} {line.tier}".rstrip()


def _text(resource: Resource, amount: int | None) -> str:
    return "-" if amount is None else amount_text(resource, amount)


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
    return "\n".join(_stale(health, snapshot.taken_at) for health in snapshot.health if not health.up)


def _stale(health: PartHealth, now: float) -> str:
    age = f"{now - health.last_success:.0f} s old" if health.last_success else "never read"
    return f"! {health.part}: {age}: {health.error}"
