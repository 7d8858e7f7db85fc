"""Panels of the operator's and of the site's board alike. `where`: which series, as labels of a query."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.boards.panel import Kind, Panel, Query, Said, Unit
from monitoring.boards.words import LAYERS, LAYERS_NOTE, NO_HOST_EXPORTER, NOBODY_GROWS


def layer_panels(where: str, by: str, width: int = 8) -> Iterator[Panel]:
    """Of vCPUs and memory. `by`: labels of one supply, which several exporters may show."""
    for title, unit, family, resource, used in (
        (Said("vCPUs", "vCPU"), Unit.PIECES, "vcpus", "vcpus", "site:mutualis_capacity_used_vcpus:rate5m"),
        (Said("Memory", "Mémoire"), Unit.BYTES, "bytes", "memory", "site:mutualis_capacity_used_memory_bytes:sum"),
    ):
        series = f'{{resource="{resource}", {where}}}'
        layers = [
            Query(f"sum(max by ({by}) (mutualis_capacity_{layer}_{family}{series}))", name) for layer, name in LAYERS
        ]
        taken = Query(f"sum({used}{{{where}}})", Said("used", "utilisé"), NO_HOST_EXPORTER)
        yield Panel(
            title=title,
            note=LAYERS_NOTE,
            kind=Kind.BARS,
            unit=unit,
            queries=(*layers, taken),
            width=width,
            height=8,
        )


def taken_panel(where: str, legend: Said) -> Panel:
    """Of each resource and tier."""
    return Panel(
        title=Said("Taken, of what may be handed out", "Pris, sur ce qui peut être distribué"),
        note=Said("The reserve is not counted in.", "La réserve n'y est pas comptée."),
        kind=Kind.BARS,
        unit=Unit.SHARE,
        limits=(0.8, 0.9),
        top=1,
        queries=(Query(f"site_resource_tier:mutualis_capacity_allocated:ratio{{{where}}}", legend),),
    )


def days_panel(where: str, legend: Said, *more: Query) -> Panel:
    """Of each resource and tier, and of what `more` asks for."""
    full = Query(f"site_resource_tier:mutualis_capacity_full:days{{{where}}} < 365", legend, NOBODY_GROWS)
    return Panel(
        title=Said("Days until full", "Jours avant saturation"),
        note=Said(
            "By the straight line of the last 14 days; nothing is shown where nothing grows.",
            "Selon la droite des 14 derniers jours ; rien n'est montré là où rien ne croît.",
        ),
        kind=Kind.BARS,
        unit=Unit.DAYS,
        limits=(28, 7),
        top=90,
        queries=(full, *more),
    )


def loss_panel(query: Query, kind: Kind, *, width: int = 8, height: int = 7) -> Panel:
    """`query`: counts members, by what was lost."""
    return Panel(
        title=Said("Members without a place after a loss", "Adhérents sans place après une perte"),
        note=Said(
            "Whose guaranteed shares find no host, now (none) and after the worst loss of each kind.",
            "Dont la part garantie ne trouve pas de machine, maintenant (none) et après la pire perte de chaque sorte.",
        ),
        kind=kind,
        unit=Unit.PIECES,
        limits=(1, 1),
        queries=(query,),
        width=width,
        height=height,
    )
