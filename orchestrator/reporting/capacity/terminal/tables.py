"""The tables: sites (or one site's aggregates) and tenants, with bars."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Final

from orchestrator.model.capacity import CapacityLine, TenantLine
from orchestrator.reporting.capacity.amounts import counted, exceeds, percent, ratio_percent, said
from orchestrator.reporting.capacity.terminal.bar import Layers
from orchestrator.reporting.capacity.terminal.columns import Column, Table
from orchestrator.reporting.capacity.view import CapacityView


def _place(line: CapacityLine) -> str:
    return f"{line.site or '(region)'}/{line.aggregate}" if line.aggregate else line.site or "(region)"


def _of_place(layer: str) -> Callable[[CapacityLine], str]:
    amount = attrgetter(layer)
    return lambda line: said(line.resource, amount(line))


def _of_tenant(layer: str) -> Callable[[TenantLine], str]:
    amount = attrgetter(layer)
    return lambda line: said(line.resource, amount(line))


def places_table(view: CapacityView) -> Table[CapacityLine]:
    """FULL: allocated, of allocatable; SOLD: declared, of allocatable, all tiers of a pool together."""
    return Table(
        heading="SITE",
        group=_place,
        name=counted,
        layers=lambda line: Layers(
            of=line.allocatable, allocated=line.allocated, guaranteed=line.guaranteed, declared=line.declared
        ),
        columns=(
            Column(
                heading="FULL",
                text=lambda line: percent(line.allocated, line.allocatable),
                over=lambda line: exceeds(line.allocated, line.allocatable),
            ),
            Column(heading="SOLD", text=lambda line: ratio_percent(view.ratio(line)), rank=5),
            Column(heading="USED", text=_of_place("used"), rank=8),
            Column(heading="ALLOCATED", text=_of_place("allocated"), rank=4),
            Column(
                heading="GUARANTEED",
                text=_of_place("guaranteed"),
                rank=3,
                over=lambda line: exceeds(line.guaranteed, line.allocatable),
            ),
            Column(heading="QUOTA", text=_of_place("quota"), rank=6),
            Column(heading="DECLARED", text=_of_place("declared"), rank=2),
            Column(heading="ALLOCATABLE", text=_of_place("allocatable"), rank=1),
            Column(heading="PHYSICAL", text=_of_place("physical"), rank=7),
        ),
    )


TENANTS: Final[Table[TenantLine]] = Table(
    heading="TENANT",
    group=lambda line: line.tenant or "(nobody's)",
    name=counted,
    layers=lambda line: Layers(of=line.declared, allocated=line.allocated, guaranteed=line.guaranteed),
    columns=(
        Column(
            heading="FULL",
            text=lambda line: percent(line.allocated, line.declared),
            over=lambda line: exceeds(line.allocated, line.declared),
        ),
        Column(heading="ALLOCATED", text=_of_tenant("allocated"), rank=2),
        Column(heading="GUARANTEED", text=_of_tenant("guaranteed"), rank=3),
        Column(heading="QUOTA", text=_of_tenant("quota"), rank=4),
        Column(heading="DECLARED", text=_of_tenant("declared"), rank=1),
    ),
)
"""FULL: allocated, of declared."""
