"""A member's board: its own figures alone.

It asks only for what /tenant/<name>/metrics shows, and for no recorded rule: it works in a member's own Prometheus,
which scrapes that page and nothing else.
"""

from __future__ import annotations

from typing import Final

from monitoring.boards.panel import Board, Choice, Kind, Panel, Query, Row, Said, Unit
from monitoring.boards.words import RESOURCE

MINE: Final = 'tenant="$tenant"'

LAYERS: Final = (
    ("allocated", Said("taken", "pris")),
    ("guaranteed", Said("guaranteed", "garanti")),
    ("quota", Said("quota (in force)", "quota (en vigueur)")),
    ("declared", Said("quota (agreed)", "quota (convenu)")),
)

NOTE: Final = Said(
    "Taken: by what exists. Guaranteed: is yours whatever others use. Quota: what you may take at most, as the cloud "
    "enforces it and as it was agreed.",
    "Pris : par l'existant. Garanti : vous revient quoi que fassent les autres. Quota : ce que vous pouvez prendre au "
    "plus, tel que le cloud l'applique et tel qu'il est convenu.",
)


def _layers(title: Said, unit: Unit, family: str, resource: str, layers: tuple[str, ...] = ()) -> Panel:
    queries = tuple(
        Query(
            f'max by (tier) (mutualis_tenant_{layer}_{family}{{resource="{resource}", {MINE}}})',
            Said(f"{{{{tier}}}} {name.en}", f"{{{{tier}}}} {name.fr}"),
        )
        for layer, name in LAYERS
        if not layers or layer in layers
    )
    return Panel(title=title, note=NOTE, kind=Kind.BARS, unit=unit, queries=queries)


def _share(family: str) -> Query:
    """Of the quota that the cloud enforces; of the agreed one while that is not known."""
    by = "tenant, resource" if family == "objects" else "tenant, resource, tier"
    taken, quota, declared = (
        f"max by ({by}) (mutualis_tenant_{layer}_{family}{{{MINE}}})" for layer in ("allocated", "quota", "declared")
    )
    return Query(f"{taken} / (({quota} or {declared}) > 0)", RESOURCE)


_FRESH: Final = (
    Panel(
        title=Said("Age of the figures", "Âge des chiffres"),
        note=Said("Since they were put together.", "Depuis leur collecte."),
        kind=Kind.NUMBERS,
        unit=Unit.SECONDS,
        limits=(300, 900),
        queries=(Query("time() - max(mutualis_collection_timestamp_seconds)", Said("figures", "chiffres")),),
        width=8,
        height=4,
    ),
    Panel(
        title=Said("Age of the quotas in force", "Âge des quotas en vigueur"),
        note=Said(
            "Since the oldest was read; the agreed ones are always of today.",
            "Depuis la lecture du plus ancien ; les quotas convenus sont toujours du jour.",
        ),
        kind=Kind.NUMBERS,
        unit=Unit.SECONDS,
        limits=(7200, 14400),
        queries=(
            Query(
                f"time() - min(mutualis_tenant_quota_timestamp_seconds{{{MINE}}})",
                Said("oldest quota", "quota le plus ancien"),
            ),
        ),
        width=8,
        height=4,
    ),
    Panel(
        title=Said("Your agreement is known", "Votre convention est lue"),
        note=Said("1: yes; 0: the last good reading counts.", "1 : oui ; 0 : la dernière bonne lecture compte."),
        kind=Kind.NUMBERS,
        unit=Unit.PIECES,
        limits=(1, 1),
        queries=(Query("max(mutualis_specs_up)", Said("read", "lue")),),
        width=8,
        height=4,
    ),
)

MEMBER: Final = Board(
    name="member",
    title=Said("Mutualis: my environment", "Mutualis : mon environnement"),
    note=Said(
        "One member's own figures: what it has taken, what is guaranteed to it, what it may take.",
        "Les chiffres d'un adhérent : ce qu'il a pris, ce qui lui est garanti, ce qu'il peut prendre.",
    ),
    choices=(
        Choice(
            name="tenant",
            title=Said("Member", "Adhérent"),
            values="label_values(mutualis_tenant_declared_vcpus, tenant)",
        ),
    ),
    rows=(
        Row(title=Said("Can the figures be trusted?", "Peut-on se fier aux chiffres ?"), panels=_FRESH),
        Row(
            title=Said("What is mine, what I have taken", "Ce qui m'est dû, ce que j'ai pris"),
            panels=(
                _layers(Said("vCPUs", "vCPU"), Unit.PIECES, "vcpus", "vcpus"),
                _layers(Said("Memory", "Mémoire"), Unit.BYTES, "bytes", "memory"),
                _layers(Said("Storage, by tier", "Stockage, par classe"), Unit.BYTES, "bytes", "storage"),
                _layers(
                    Said("Servers", "Serveurs"),
                    Unit.PIECES,
                    "servers",
                    "servers",
                    ("allocated", "quota", "declared"),
                ),
                _layers(
                    Said("Floating IPs", "Adresses publiques"),
                    Unit.PIECES,
                    "addresses",
                    "floating_ips",
                    ("allocated", "quota", "declared"),
                ),
                Panel(
                    title=Said("How near the quotas are", "Proximité des quotas"),
                    note=Said("At 100 % the next request is refused.", "À 100 %, la demande suivante est refusée."),
                    kind=Kind.BARS,
                    unit=Unit.SHARE,
                    limits=(0.8, 0.9),
                    top=1,
                    queries=tuple(_share(family) for family in ("vcpus", "bytes", "servers", "addresses", "objects")),
                ),
            ),
        ),
        Row(
            title=Said("Over time", "Dans le temps"),
            panels=tuple(
                Panel(
                    title=title,
                    note=NOTE,
                    kind=Kind.CURVES,
                    unit=unit,
                    queries=tuple(
                        Query(
                            f'max by (tier) (mutualis_tenant_{layer}_{family}{{resource="{resource}", {MINE}}})',
                            Said(f"{name.en} {{{{tier}}}}", f"{name.fr} {{{{tier}}}}"),
                        )
                        for layer, name in LAYERS[:3:2]
                    ),
                )
                for title, unit, family, resource in (
                    (Said("vCPUs", "vCPU"), Unit.PIECES, "vcpus", "vcpus"),
                    (Said("Memory", "Mémoire"), Unit.BYTES, "bytes", "memory"),
                    (Said("Storage", "Stockage"), Unit.BYTES, "bytes", "storage"),
                )
            ),
        ),
    ),
    days=30,
)
