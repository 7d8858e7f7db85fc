"""The sections of a region's page: one a site, with its aggregates and the room that is left in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from orchestrator.model.capacity import CapacityLine, Resource
from orchestrator.model.specs import Specs
from orchestrator.reporting.capacity.amounts import exceeds
from orchestrator.reporting.capacity.page.drawing import bar
from orchestrator.reporting.capacity.page.rooms import room_table, stranded
from orchestrator.reporting.capacity.page.tables import Cell, Heading, table
from orchestrator.reporting.capacity.page.words import UNKNOWN, Words
from orchestrator.reporting.capacity.room import RoomRow, room_rows
from orchestrator.reporting.capacity.terminal.bar import Layers
from orchestrator.reporting.capacity.view import CapacityView
from orchestrator.reporting.html.element import Element, element

OF_SITES: Final = ("used", "allocated", "guaranteed", "quota", "declared", "allocatable", "physical")
OF_AGGREGATES: Final = ("allocated", "allocatable", "physical")
"""A member is promised its share at a site, not in an aggregate."""


def place_sections(view: CapacityView, words: Words) -> Iterator[Element]:
    """Sites by name; what is of no single site stands first."""
    for site, lines in groupby(view.capacity.sites, key=lambda line: line.site):
        table_of_site = _table(site or words.of_region, list(lines), OF_SITES, view, words)
        inside = [*_heading(view.specs, site, words), table_of_site, *_aggregates(view, site, words)]
        yield element("section", *inside, *stranded(view.headroom, site, words))


def _heading(specs: Specs, site: str, words: Words) -> Iterator[Element]:
    known = specs.sites.get(site)
    if known is None:
        yield element("h2", site or words.of_region)
        return
    yield element("h2", element("bdi", known.display_name))
    yield element(
        "p", element("code", site), " · ", element("bdi", known.address), f", {known.country}", class_="where"
    )


def _aggregates(view: CapacityView, site: str, words: Words) -> Iterator[Element]:
    """Each with its figures and its room; of a site's only aggregate its room, the figures are the site's."""
    lines: dict[str, list[CapacityLine]] = {}
    for line in view.capacity.aggregates:
        if line.site == site and line.physical is not None:  # servers that nobody may place have none
            lines.setdefault(line.aggregate, []).append(line)
    rooms: dict[str, list[RoomRow]] = {}
    for row in room_rows(view.headroom):
        if row.site == site:
            rooms.setdefault(row.aggregate, []).append(row)
    for name in sorted({*lines, *rooms}) if len(lines) > 1 else list(rooms):
        title = words.aggregate.format(name=name or UNKNOWN) if len(lines) > 1 else words.room
        caption = f"{site}, {title}"
        yield element("h3", title)
        if len(lines) > 1 and name in lines:
            yield _table(caption, lines[name], OF_AGGREGATES, view, words)
        if name in rooms:
            yield room_table(f"{caption}, {words.room}", rooms[name], words)


def _table(
    caption: str, lines: Sequence[CapacityLine], layers: Sequence[str], view: CapacityView, words: Words
) -> Element:
    headings = [
        Heading(text=words.resource, kind="name"),
        Heading(text=words.of_allocatable, kind="bar"),
        Heading(text=words.full),
        *([Heading(text=words.sold)] if layers is OF_SITES else []),
        *(Heading(text=words.layers[layer]) for layer in layers),
    ]
    return table(caption, headings, [_row(line, layers, view, words) for line in lines], "figures")


def _row(line: CapacityLine, layers: Sequence[str], view: CapacityView, words: Words) -> list[Cell]:
    name = _name(line.resource, line.tier, words)
    over = {
        "allocated": exceeds(line.allocated, line.allocatable),
        "guaranteed": exceeds(line.guaranteed, line.allocatable),
    }
    drawn = Layers(of=line.allocatable, allocated=line.allocated, guaranteed=line.guaranteed, declared=line.declared)
    return [
        Cell(content=element("bdi", name)),
        Cell(content=bar(drawn, _label(name, line, words))),
        Cell(content=words.share(line.allocated, line.allocatable) or None, over=over["allocated"]),
        *([Cell(content=words.ratio(view.ratio(line)) or None)] if layers is OF_SITES else []),
        *(
            Cell(content=words.limit_or_amount(line.resource, getattr(line, layer)), over=over.get(layer, False))
            for layer in layers
        ),
    ]


def _name(resource: Resource, tier: str, words: Words) -> str:
    return f"{words.resources[resource]} {tier}".rstrip()


def _label(name: str, line: CapacityLine, words: Words) -> str:
    """What a bar shows, for those who do not see it."""
    shown = ("allocated", "guaranteed", "declared")
    amounts = {layer: words.limit_or_amount(line.resource, getattr(line, layer)) for layer in shown}
    return words.bar.format(what=name, of=words.amount(line.resource, line.allocatable), **amounts)
