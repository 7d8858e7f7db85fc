"""What exists in a region, by name. None: it cannot be told, because the document that says it is broken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.model.finding import ObjectRef
from orchestrator.spec.document import Document
from orchestrator.spec.references.aggregates import Aggregates

Item = Mapping[str, Any]
Holder = tuple[str, str]
"""Of an address: tenant, server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The catalogue's lists, by name."""

    flavors: Mapping[str, Item]
    images: Mapping[str, Item]
    tiers: Mapping[str, Item]
    sizes: Mapping[str, Item]
    presets: Mapping[str, Item]
    object_tiers: Mapping[str, Item]
    backup_tiers: Mapping[str, Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """`sites`, `tenants`: spec of each by name, None for a broken one; `externals`: of the region.

    `holders`: of shared networks (owner, name): who has first written an address; filled as it is asked for.
    """

    folder: Path
    objects: Collection[ObjectRef]
    region: str | None
    externals: Collection[str] | None
    sites: Mapping[str, Item | None]
    tenants: Mapping[str, Item | None]
    aggregates: Aggregates
    catalogue: Items | None
    rules: Collection[str]
    holders: dict[tuple[str, str], Mapping[str, Holder]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, folder: Path, documents: Sequence[Document], valid: Sequence[Document], rules: Collection[str]
    ) -> Names:
        """Gather the names that documents bear."""
        refs = [document.ref for document in documents if document.ref]
        specs = {document.ref: document.data["spec"] for document in valid if document.ref}
        regions = [ref for ref in refs if ref.kind == "Region"]
        region = specs.get(regions[0]) if regions else None
        catalogues = [specs[ref] for ref in refs if ref.kind == "Catalogue" and ref in specs]
        return cls(
            folder=folder,
            objects=frozenset(refs),
            region=regions[0].name if regions else None,
            externals=[network["name"] for network in region["externalNetworks"]] if region else None,
            sites={ref.name: specs.get(ref) for ref in refs if ref.kind == "Site"},
            tenants={ref.name: specs.get(ref) for ref in refs if ref.kind == "Tenant"},
            aggregates=_aggregates([specs.get(ref) for ref in refs if ref.kind == "Host"]),
            catalogue=_items(catalogues[0]) if catalogues else None,
            rules=rules,
        )

    def offered(self, site: str) -> Collection[str] | None:
        """The volume back ends of a site."""
        spec = self.sites.get(site)
        return None if spec is None else [pool["backend"] for pool in spec.get("storage", ())]


def _aggregates(hosts: Sequence[Item | None]) -> Aggregates:
    """A broken host could be in any aggregate: then none is known."""
    specs = [host for host in hosts if host is not None]
    return Aggregates.of(specs if len(specs) == len(hosts) else ())


def _items(spec: Item) -> Items:
    def by_name(field: str) -> dict[str, Item]:
        return {item["name"]: item for item in spec.get(field, ())}

    return Items(
        flavors=by_name("flavors"),
        images=by_name("images"),
        tiers=by_name("tiers"),
        sizes=by_name("quotaSizes"),
        presets=by_name("presets"),
        object_tiers=by_name("objectTiers"),
        backup_tiers=by_name("backupTiers"),
    )
