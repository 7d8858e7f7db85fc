"""The members: on a region's page a row each, on a member's own page a row a resource."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from orchestrator.model.capacity import Resource, TenantLine
from orchestrator.model.quota import UNLIMITED
from orchestrator.model.tenant import TenantState
from orchestrator.reporting.capacity.amounts import exceeds
from orchestrator.reporting.capacity.page.drawing import bar
from orchestrator.reporting.capacity.page.tables import Cell, Heading, table
from orchestrator.reporting.capacity.page.words import Words
from orchestrator.reporting.capacity.terminal.bar import Layers
from orchestrator.reporting.capacity.view import CapacityView
from orchestrator.reporting.html.element import Element, element

NUMBERS: Final = ("allocated", "guaranteed", "quota", "declared")
SHOWN: Final = (Resource.VCPUS, Resource.MEMORY, Resource.STORAGE, Resource.SERVERS, Resource.FLOATING_IPS)
"""On the region's page; storage of all tiers together."""


def member_section(view: CapacityView, words: Words) -> Element:
    """One member's figures."""
    headings = [
        Heading(text=words.resource, kind="name"),
        Heading(text=words.of_declared, kind="bar"),
        Heading(text=words.full),
        *(Heading(text=words.layers[layer]) for layer in NUMBERS),
    ]
    rows = [_row(line, words) for line in view.capacity.tenants if not line.is_empty]
    return element("section", table(words.tenant, headings, rows, "figures"))


def members_section(view: CapacityView, words: Words) -> Iterator[Element]:
    """All of them; nothing when there are none."""
    lines = sorted(view.capacity.tenants, key=lambda line: not line.tenant)  # nobody's come last
    grouped = groupby(lines, key=lambda line: line.tenant)
    rows = [_member(view, tenant, list(own), words) for tenant, own in grouped]
    if rows:
        headings = [
            Heading(text=words.tenant, kind="name"),
            *(Heading(text=words.resources[resource], kind="used") for resource in SHOWN),
        ]
        yield element("section", element("h2", words.tenants), table(words.tenants, headings, rows, "members"))


def _row(line: TenantLine, words: Words) -> list[Cell]:
    name = f"{words.resources[line.resource]} {line.tier}".rstrip()
    over = exceeds(line.allocated, line.declared)
    return [
        Cell(content=element("bdi", name)),
        Cell(content=_bar(name, line, words)),
        Cell(content=words.share(line.allocated, line.declared) or None, over=over),
        *(
            Cell(content=words.limit_or_amount(line.resource, getattr(line, layer)), over=over and layer == "allocated")
            for layer in NUMBERS
        ),
    ]


def _bar(name: str, line: TenantLine, words: Words, *, slim: bool = False) -> Element | None:
    layers = Layers(of=line.declared, allocated=line.allocated, guaranteed=line.guaranteed)
    amounts = {layer: words.limit_or_amount(line.resource, getattr(line, layer)) for layer in NUMBERS}
    return bar(layers, words.bar.format(what=name, of=amounts["declared"], **amounts), slim=slim)


def _member(view: CapacityView, tenant: str, lines: Sequence[TenantLine], words: Words) -> list[Cell]:
    cells = [_used(_together(resource, lines), words) for resource in SHOWN]
    return [Cell(content=_name(view, tenant, words)), *cells]


def _name(view: CapacityView, tenant: str, words: Words) -> Element:
    known = view.specs.tenants.get(tenant)
    if known is None:
        return element("span", tenant or words.nobody)
    state = () if known.state is TenantState.ACTIVE else (" ", element("em", words.states[known.state]))
    return element(
        "span", element("bdi", known.display_name), *state, element("small", element("bdi", known.member.name))
    )


def _used(line: TenantLine, words: Words) -> Cell:
    if line.declared is None and line.allocated is None:
        return Cell(content=None)
    name = words.resources[line.resource]
    taken = words.amount(line.resource, line.allocated)
    said = (
        taken
        if line.declared is None
        else words.counted.format(allocated=taken, declared=words.amount(line.resource, line.declared))
    )
    drawn = _bar(name, line, words, slim=True)
    inside = element("div", element("span", said), *([drawn] if drawn else []))
    return Cell(content=inside, over=exceeds(line.allocated, line.declared))


def _together(resource: Resource, lines: Sequence[TenantLine]) -> TenantLine:
    """All tiers; unknown when one is."""
    own = [line for line in lines if line.resource is resource]
    return TenantLine(
        tenant=lines[0].tenant,
        resource=resource,
        declared=_sum([line.declared for line in own]),
        guaranteed=_sum([line.guaranteed for line in own]),
        allocated=_sum([line.allocated for line in own]),
    )


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or not known:
        return None
    return UNLIMITED if UNLIMITED in known else sum(known)
