"""What still goes in, as rows: a flavor or a resource of an aggregate each, with a figure for each loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.model.capacity import Resource
from orchestrator.model.headroom import Headroom, Lost


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRow:
    """`flavor`: how many servers of it; else how much of `resource`. `after`: by what is lost."""

    site: str
    aggregate: str
    flavor: str
    resource: Resource | None
    after: Mapping[Lost, int]


def room_rows(headroom: Headroom) -> tuple[RoomRow, ...]:
    """By site and aggregate: flavors first, then resources."""
    found: dict[tuple[str, str, str, Resource | None], dict[Lost, int]] = {}
    for slot in headroom.slots:
        found.setdefault((slot.site, slot.aggregate, slot.flavor, None), {})[slot.lost] = slot.servers
    for free in headroom.free:
        found.setdefault((free.site, free.aggregate, "", free.resource), {})[free.lost] = free.amount
    rows = (
        RoomRow(site=site, aggregate=aggregate, flavor=flavor, resource=resource, after=after)
        for (site, aggregate, flavor, resource), after in found.items()
    )
    return tuple(sorted(rows, key=lambda row: (row.site, row.aggregate)))  # stable: in the order of the lines


def losses(rows: tuple[RoomRow, ...]) -> tuple[Lost, ...]:
    """Those of which there is a figure."""
    return tuple(lost for lost in Lost if any(lost in row.after for row in rows))
