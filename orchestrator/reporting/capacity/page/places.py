"""The sections of a region's page: one a site, with its aggregates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from orchestrator.model.capacity import CapacityLine
from orchestrator.model.specs import Specs
from orchestrator.reporting.capacity.amounts import exceeds
from orchestrator.reporting.capacity.page.drawing import bar
from orchestrator.reporting.capacity.page.element import Element, element
from orchestrator.reporting.capacity.page.rooms import room
from orchestrator.reporting.capacity.page.tables import Cell, Heading, table
from orchestrator.reporting.capacity.page.words import UNKNOWN, Words
from orchestrator.reporting.capacity.terminal.bar import Layers
from orchestrator.reporting.capacity.view import CapacityView

NUMBERS = ("used", "allocated", "guaranteed", "quota", "declared", "allocatable", "physical")


def place_sections(view: CapacityView, words: Words) -> Iterator[Element]:
    """Sites by name; what is the region's stands first."""
    for site, lines in groupby(view.capacity.sites, key=lambda line: line.site):
        parts = [line for line in view.capacity.aggregates if line.site == site]
        inside = [*_heading(view.specs, site, words), *_tables(view, list(lines), parts, words)]
        yield element("section", *inside, *room(view.headroom, site, words))


def resource_name(line: CapacityLine, words: Words) -> str:
    return f"{words.resources[line.resource]} {line.tier}".rstrip()


def _heading(specs: Specs, site: str, words: Words) -> Iterator[Element]:
    known = specs.sites.get(site)
    if known is None:
        yield element("h2", site or words.of_region)
        return
    yield element("h2", element("bdi", known.display_name))
    yield element(
        "p", element("code", site), " · ", element("bdi", known.address), f", {known.country}", class_="where"
    )


def _tables(
    view: CapacityView, lines: Sequence[CapacityLine], parts: Sequence[CapacityLine], words: Words
) -> Iterator[Element]:
    site = lines[0].site or words.of_region
    yield _table(site, lines, view, words)
    aggregates = [(name, list(some)) for name, some in groupby(parts, key=lambda line: line.aggregate)]
    for name, some in aggregates if len(aggregates) > 1 else []:
        title = words.aggregate.format(name=name or UNKNOWN)
        yield element("h3", title)
        yield _table(f"{site}, {title}", some, view, words)


def _table(caption: str, lines: Sequence[CapacityLine], view: CapacityView, words: Words) -> Element:
    headings = [
        Heading(text=words.resource, kind="name"),
        Heading(text="", kind="bar"),
        Heading(text=words.full),
        Heading(text=words.sold),
        *(Heading(text=words.layers[layer]) for layer in NUMBERS),
    ]
    return table(caption, headings, [_row(line, view.ratio(line), words) for line in lines], "figures")


def _row(line: CapacityLine, sold: float | None, words: Words) -> list[Cell]:
    name = resource_name(line, words)
    over = {
        "allocated": exceeds(line.allocated, line.allocatable),
        "guaranteed": exceeds(line.guaranteed, line.allocatable),
    }
    layers = Layers(of=line.allocatable, allocated=line.allocated, guaranteed=line.guaranteed, declared=line.declared)
    return [
        Cell(content=element("bdi", name)),
        Cell(content=bar(layers, bar_label(name, line, line.allocatable, words))),
        Cell(content=words.share(line.allocated, line.allocatable) or None, over=over["allocated"]),
        Cell(content=words.ratio(sold) or None),
        *(
            Cell(content=words.limit_or_amount(line.resource, getattr(line, layer)), over=over.get(layer, False))
            for layer in NUMBERS
        ),
    ]


def bar_label(name: str, line: CapacityLine, of: int | None, words: Words) -> str:
    """What a bar shows, for those who do not see it."""
    amounts = {
        layer: words.limit_or_amount(line.resource, getattr(line, layer))
        for layer in ("allocated", "guaranteed", "declared")
    }
    return words.bar.format(what=name, of=words.amount(line.resource, of), **amounts)
