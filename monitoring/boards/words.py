"""Texts and pieces of queries that boards share."""

from __future__ import annotations

from typing import Final

from monitoring.boards.panel import Choice, Kind, Panel, Query, Row, Said, Unit

REGION: Final = 'mutualis_region=~"$region"'
"""Every series of the chosen regions; where Prometheus knows no such label, all of them."""

REGIONS: Final = Choice(
    name="region", title=Said("Region", "Région"), values="label_values(mutualis_specs_up, mutualis_region)", all=True
)

LAYERS: Final = (
    ("physical", Said("physical", "physique")),
    ("allocatable", Said("allocatable", "allouable")),
    ("declared", Said("declared", "déclaré")),
    ("quota", Said("quota", "quota")),
    ("guaranteed", Said("guaranteed", "garanti")),
    ("allocated", Said("allocated", "alloué")),
)

LAYERS_NOTE: Final = Said(
    "Physical: what hosts have. Allocatable: what may be handed out, ratios and reserve applied. Declared: quotas in "
    "the specs. Quota: in the cloud's API. Guaranteed: must fit always. Allocated: taken by what exists.",
    "Physique : ce qu'ont les machines. Allouable : ce qui peut être distribué, ratios et réserve appliqués. "
    "Déclaré : quotas des spécifications. Quota : dans l'API du cloud. Garanti : doit toujours tenir. "
    "Alloué : pris par l'existant.",
)

NOTHING_ENDS: Final = "none ends within a year"

RESOURCE: Final = Said("{{resource}} {{tier}}", "{{resource}} {{tier}}")
NOBODY_GROWS: Final = "nothing grows, or less than seven days were seen"
NO_HOST_EXPORTER: Final = "wants node_exporter and compute-used.yaml"


def trust_row() -> Row:
    """The first of every board of the operator's: whether the figures below can be trusted."""
    return Row(title=Said("Can the figures be trusted?", "Peut-on se fier aux chiffres ?"), panels=_TRUST)


_TRUST: Final = (
    Panel(
        title=Said("Age of the figures", "Âge des chiffres"),
        note=Said("Since the exporter put them together.", "Depuis leur dernière collecte par l'exporteur."),
        kind=Kind.NUMBERS,
        unit=Unit.SECONDS,
        limits=(300, 900),
        queries=(
            Query(
                f"time() - min(mutualis_collection_timestamp_seconds{{{REGION}}})",
                Said("oldest region", "région la plus ancienne"),
            ),
        ),
        width=6,
        height=4,
    ),
    Panel(
        title=Said("Oldest part of the cloud", "Partie du cloud la plus ancienne"),
        note=Said(
            "Since it was last read. Figures of a part that does not answer stand still.",
            "Depuis sa dernière lecture. Les chiffres d'une partie qui ne répond pas sont figés.",
        ),
        kind=Kind.NUMBERS,
        unit=Unit.SECONDS,
        limits=(1800, 7200),
        queries=(
            Query(
                f"topk(1, time() - max by (part) (mutualis_collector_last_success_timestamp_seconds{{{REGION}}}))",
                Said("{{part}}", "{{part}}"),
            ),
        ),
        width=6,
        height=4,
    ),
    Panel(
        title=Said("Completeness", "Complétude"),
        note=Said(
            "Share of the projects whose figures are known, in the part that knows least.",
            "Part des projets dont les chiffres sont connus, dans la partie la moins complète.",
        ),
        kind=Kind.NUMBERS,
        unit=Unit.SHARE,
        limits=(1, 0.9),
        queries=(
            Query(
                f"bottomk(1, min by (part) (mutualis_collector_completeness_ratio{{{REGION}}}))",
                Said("{{part}}", "{{part}}"),
            ),
        ),
        width=6,
        height=4,
    ),
    Panel(
        title=Said("Alerts", "Alertes"),
        note=Said("Firing now; runbooks in docs/runbooks.", "Actives ; procédures dans docs/runbooks."),
        kind=Kind.NUMBERS,
        unit=Unit.PIECES,
        limits=(1, 5),
        queries=(
            Query(
                'count(ALERTS{alertname=~"Mutualis.+", alertstate="firing", severity!="info", '
                f"{REGION}}}) or vector(0)",
                Said("firing", "actives"),
            ),
        ),
        width=6,
        height=4,
    ),
)
