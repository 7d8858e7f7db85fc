"""The operator's board: a whole region, or several, on one page. Sums first; a site's own board goes into detail."""

from __future__ import annotations

from typing import Final

from monitoring.boards.capacity_panels import days_panel, layer_panels, loss_panel, taken_panel
from monitoring.boards.panel import Board, Kind, Panel, Query, Row, Said, Unit
from monitoring.boards.words import NOBODY_GROWS, NOTHING_ENDS, REGION, REGIONS, trust_row

BY_SITE: Final = Said("{{site}} {{resource}} {{tier}}", "{{site}} {{resource}} {{tier}}")


_POOLS: Final = Panel(
    title=Said("Volume back ends", "Stockage en volumes"),
    note=Said(
        "Size, what was given to volumes, and what is really written, of all back ends.",
        "Taille, ce qui est donné aux volumes, et ce qui est réellement écrit, tous systèmes confondus.",
    ),
    kind=Kind.BARS,
    unit=Unit.BYTES,
    queries=(
        Query(
            f"sum(max by (mutualis_region, pool) (mutualis_pool_physical_bytes{{{REGION}}}))",
            Said("physical", "physique"),
        ),
        Query(
            f"sum(max by (mutualis_region, pool) (mutualis_pool_allocated_bytes{{{REGION}}}))",
            Said("allocated", "alloué"),
        ),
        Query(f"sum(pool:mutualis_pool_used_bytes:max{{{REGION}}})", Said("used", "utilisé")),
    ),
    height=8,
)

_ROOM: Final = (
    taken_panel(REGION, BY_SITE),
    days_panel(
        REGION,
        BY_SITE,
        Query(f"pool:mutualis_pool_full:days{{{REGION}}} < 365", Said("{{pool}}", "{{pool}}"), NOBODY_GROWS),
    ),
    Panel(
        title=Said("Addresses and back ends", "Adresses et stockage"),
        note=Said("Taken, of what there is.", "Pris, sur ce qui existe."),
        kind=Kind.BARS,
        unit=Unit.SHARE,
        limits=(0.8, 0.9),
        top=1,
        queries=(
            Query(f"network:mutualis_network_used_addresses:ratio{{{REGION}}}", Said("{{network}}", "{{network}}")),
            Query(f"pool:mutualis_pool_used_bytes:ratio{{{REGION}}}", Said("{{pool}}", "{{pool}}")),
        ),
    ),
)

_PROMISES: Final = (
    Panel(
        title=Said("Quotas promised, of what may be handed out", "Quotas promis, sur ce qui peut être distribué"),
        note=Said("Above 100 % the region is oversold.", "Au-delà de 100 %, la région est survendue."),
        kind=Kind.BARS,
        unit=Unit.SHARE,
        limits=(0.9, 1),
        top=1.5,
        queries=(
            Query(
                f"max by (mutualis_region, site, resource, tier) (mutualis_capacity_promise_ratio{{{REGION}}})", BY_SITE
            ),
        ),
    ),
    Panel(
        title=Said("Guaranteed, of what may be handed out", "Garanti, sur ce qui peut être distribué"),
        note=Said("Above 100 % a promise is broken.", "Au-delà de 100 %, une promesse est rompue."),
        kind=Kind.BARS,
        unit=Unit.SHARE,
        limits=(0.9, 1),
        top=1,
        queries=(
            Query(
                f"max by (mutualis_region, site, resource, tier) (mutualis_capacity_guarantee_ratio{{{REGION}}})",
                BY_SITE,
            ),
        ),
    ),
    loss_panel(
        Query(
            f"max by (mutualis_region, site, lost) (mutualis_promise_unplaced_tenants{{{REGION}}})",
            Said("{{site}}, lost: {{lost}}", "{{site}}, perdu : {{lost}}"),
        ),
        Kind.BARS,
    ),
)

_MEMBERS: Final = (
    Panel(
        title=Said("Members nearest to their quota", "Adhérents les plus proches de leur quota"),
        note=Said("The ten highest shares.", "Les dix parts les plus hautes."),
        kind=Kind.BARS,
        unit=Unit.SHARE,
        limits=(0.8, 0.9),
        top=1,
        queries=(
            Query(
                f'topk(10, tenant_resource_tier:mutualis_tenant_allocated:ratio{{tenant!="", {REGION}}})',
                Said("{{tenant}}: {{resource}} {{tier}}", "{{tenant}} : {{resource}} {{tier}}"),
            ),
        ),
        width=12,
        height=9,
    ),
    Panel(
        title=Said("Members", "Adhérents"),
        note=Said("In the specs, by state.", "Dans les spécifications, par état."),
        kind=Kind.NUMBERS,
        unit=Unit.PIECES,
        queries=(
            Query(
                f"sum by (state) (max by (mutualis_region, state) (mutualis_tenants{{{REGION}}}))",
                Said("{{state}}", "{{state}}"),
            ),
        ),
        width=6,
        height=9,
    ),
    Panel(
        title=Said("Changes", "Changements"),
        note=Said(
            "Steps that wait for an apply, steps of the last apply that failed, objects changed by hand.",
            "Étapes en attente, étapes échouées de la dernière exécution, objets modifiés à la main.",
        ),
        kind=Kind.NUMBERS,
        unit=Unit.PIECES,
        limits=(1, 10),
        queries=(
            Query(
                f"sum(max by (mutualis_region, reason) (mutualis_plan_pending_steps{{{REGION}}}))",
                Said("pending", "en attente"),
            ),
            Query(
                "sum(max by (mutualis_region, outcome) "
                f'(mutualis_apply_steps{{outcome=~"failed|unreachable", {REGION}}}))',
                Said("failed", "échouées"),
            ),
            Query(
                f'sum(max by (mutualis_region, tenant) (mutualis_drift_objects{{owner="ours", {REGION}}}))',
                Said("drift", "dérive"),
                "no drift pass was made",
            ),
        ),
        width=6,
        height=9,
    ),
)


def _days_left(what: str, labels: str, legend: Said) -> Query:
    end = f"max by (mutualis_region, {labels}) (mutualis_{what}_end_timestamp_seconds{{{REGION}}})"
    return Query(f"({end} - time()) / 86400 < 365", legend, NOTHING_ENDS)


_ENDS: Final = (
    Panel(
        title=Said("What ends: days left", "Échéances : jours restants"),
        note=Said(
            "Waivers, certifications of sites, support of images that servers run; those of the next year.",
            "Dérogations, certifications des sites, support des images utilisées ; celles de l'année qui vient.",
        ),
        kind=Kind.BARS,
        unit=Unit.DAYS,
        limits=(90, 14),
        top=365,
        queries=(
            _days_left("waiver", "waiver", Said("waiver {{waiver}}", "dérogation {{waiver}}")),
            _days_left(
                "certification", "site, certification", Said("{{site}} {{certification}}", "{{site}} {{certification}}")
            ),
            _days_left("image_support", "image", Said("image {{image}}", "image {{image}}")),
        ),
        width=12,
    ),
    Panel(
        title=Said("Allocated vCPUs, by site", "vCPU alloués, par site"),
        note=Said("Over time.", "Dans le temps."),
        kind=Kind.CURVES,
        unit=Unit.PIECES,
        queries=(
            Query(
                f'site_resource_tier:mutualis_capacity_allocated:sum{{resource="vcpus", {REGION}}}',
                Said("{{site}}", "{{site}}"),
            ),
        ),
        width=12,
    ),
)

OPERATOR: Final = Board(
    name="operator",
    title=Said("Mutualis: region", "Mutualis : région"),
    note=Said(
        "Capacity of the whole region: what there is, what was promised, what is taken, when it is full.",
        "Capacité de toute la région : ce qui existe, ce qui est promis, ce qui est pris, quand ce sera plein.",
    ),
    choices=(REGIONS,),
    rows=(
        trust_row(),
        Row(
            title=Said("What there is, what is promised, what is taken", "Ce qui existe, est promis, est pris"),
            panels=(*layer_panels(REGION, "mutualis_region, site, aggregate"), _POOLS),
        ),
        Row(title=Said("Room", "Place restante"), panels=_ROOM),
        Row(title=Said("Promises", "Promesses"), panels=_PROMISES),
        Row(title=Said("Members and changes", "Adhérents et changements"), panels=_MEMBERS),
        Row(title=Said("What comes", "À venir"), panels=_ENDS),
    ),
)
