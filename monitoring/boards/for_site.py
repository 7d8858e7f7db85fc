"""A site's board: its layers by resource and tier, its free slots, its curves; for who buys and who repairs."""

from __future__ import annotations

from typing import Final

from monitoring.boards.capacity_panels import days_panel, layer_panels, loss_panel, taken_panel
from monitoring.boards.panel import Board, Choice, Kind, Panel, Query, Row, Said, Unit
from monitoring.boards.words import LAYERS, REGION, REGIONS, RESOURCE, trust_row

HERE: Final = f'site="$site", {REGION}'


def _storage() -> Panel:
    """By tier; tiers of one back end show the same supply, which is why nothing is added up."""
    queries = tuple(
        Query(
            f'max by (mutualis_region, tier) (mutualis_capacity_{layer}_bytes{{resource="storage", {HERE}}})',
            Said(f"{{{{tier}}}} {name.en}", f"{{{{tier}}}} {name.fr}"),
        )
        for layer, name in LAYERS
    )
    note = Said(
        "Tiers of one back end share its supply: each shows all of it.",
        "Les classes d'un même système partagent sa capacité : chacune la montre entière.",
    )
    return Panel(
        title=Said("Storage, by tier", "Stockage, par classe"),
        note=note,
        kind=Kind.BARS,
        unit=Unit.BYTES,
        queries=queries,
        width=12,
        height=10,
    )


def _slots(lost: str, title: Said) -> Panel:
    return Panel(
        title=title,
        note=Said(
            "How many more servers of each flavor find a host, whole on one, if only that flavor is asked for.",
            "Combien de serveurs de chaque gabarit trouvent encore une machine, si l'on ne demande que celui-là.",
        ),
        kind=Kind.BARS,
        unit=Unit.PIECES,
        limits=(3, 1),
        queries=(
            Query(
                f"sum by (flavor) (max by (mutualis_region, aggregate, flavor) "
                f'(mutualis_flavor_free_slots{{lost="{lost}", {HERE}}}))',
                Said("{{flavor}}", "{{flavor}}"),
            ),
        ),
        width=6,
        height=10,
    )


def _curve(title: Said, unit: Unit, resource: str) -> Panel:
    here = f'{{resource="{resource}", {HERE}}}'
    return Panel(
        title=title,
        note=Said("Allocated, and the line that it must not reach.", "Alloué, et la ligne à ne pas atteindre."),
        kind=Kind.CURVES,
        unit=unit,
        queries=(
            Query(
                f"sum by (tier) (site_resource_tier:mutualis_capacity_allocated:sum{here})",
                Said("allocated {{tier}}", "alloué {{tier}}"),
            ),
            Query(
                f"sum by (tier) (site_resource_tier:mutualis_capacity_allocatable:sum{here})",
                Said("allocatable {{tier}}", "allouable {{tier}}"),
            ),
        ),
    )


_ROOM: Final = (
    taken_panel(HERE, RESOURCE),
    days_panel(HERE, RESOURCE),
    Panel(
        title=Said("Promised, of what may be handed out", "Promis, sur ce qui peut être distribué"),
        note=Said(
            "Quotas may pass 100 %, guaranteed shares may not.",
            "Les quotas peuvent dépasser 100 %, les parts garanties non.",
        ),
        kind=Kind.BARS,
        unit=Unit.SHARE,
        limits=(0.9, 1),
        top=1.5,
        queries=(
            Query(
                f"max by (resource, tier) (mutualis_capacity_promise_ratio{{{HERE}}})",
                Said("quotas {{resource}} {{tier}}", "quotas {{resource}} {{tier}}"),
            ),
            Query(
                f"max by (resource, tier) (mutualis_capacity_guarantee_ratio{{{HERE}}})",
                Said("guaranteed {{resource}} {{tier}}", "garanti {{resource}} {{tier}}"),
            ),
        ),
    ),
)

_LOSS: Final = loss_panel(
    Query(f"max by (lost) (mutualis_promise_unplaced_tenants{{{HERE}}})", Said("lost: {{lost}}", "perdu : {{lost}}")),
    Kind.NUMBERS,
    width=12,
    height=5,
)

_CERTIFICATIONS: Final = Panel(
    title=Said("Certifications: days left", "Certifications : jours restants"),
    note=Said("Of the site, by its specs.", "Du site, selon ses spécifications."),
    kind=Kind.NUMBERS,
    unit=Unit.DAYS,
    limits=(90, 14),
    queries=(
        Query(
            f"(max by (certification) (mutualis_certification_end_timestamp_seconds{{{HERE}}}) - time()) / 86400",
            Said("{{certification}}", "{{certification}}"),
        ),
    ),
    width=12,
    height=5,
)

SITE: Final = Board(
    name="site",
    title=Said("Mutualis: site", "Mutualis : site"),
    note=Said(
        "One site: what it has, what is promised on it, what still fits.",
        "Un site : ce qu'il a, ce qui y est promis, ce qui y tient encore.",
    ),
    choices=(
        REGIONS,
        Choice(
            name="site",
            title=Said("Site", "Site"),
            values=f"label_values(mutualis_capacity_physical_vcpus{{{REGION}}}, site)",
        ),
    ),
    rows=(
        trust_row(),
        Row(
            title=Said("What there is, what is promised, what is taken", "Ce qui existe, est promis, est pris"),
            panels=(
                *layer_panels(HERE, "mutualis_region, aggregate", width=12),
                _storage(),
                _slots("none", Said("Free slots, by flavor", "Places libres, par gabarit")),
                _slots("host", Said("The same after the loss of a host", "De même après la perte d'une machine")),
            ),
        ),
        Row(title=Said("Room and promises", "Place et promesses"), panels=_ROOM),
        Row(title=Said("If something is lost", "En cas de perte"), panels=(_LOSS, _CERTIFICATIONS)),
        Row(
            title=Said("Over time", "Dans le temps"),
            panels=(
                _curve(Said("vCPUs", "vCPU"), Unit.PIECES, "vcpus"),
                _curve(Said("Memory", "Mémoire"), Unit.BYTES, "memory"),
                _curve(Said("Storage", "Stockage"), Unit.BYTES, "storage"),
            ),
        ),
    ),
)
