"""All valid documents of a region to one `Specs`."""

from __future__ import annotations

from collections.abc import Iterable

from orchestrator.model.specs import Specs
from orchestrator.spec.decode.catalogue import catalogue
from orchestrator.spec.decode.host import host
from orchestrator.spec.decode.region import region
from orchestrator.spec.decode.site import site
from orchestrator.spec.decode.tenant import tenant
from orchestrator.spec.decode.values import Raw, by_name
from orchestrator.spec.decode.waiver import waiver
from orchestrator.spec.document import Document


def specs(documents: Iterable[Document]) -> Specs:
    """Decode a region's documents: each valid, kind and name unique, exactly one Region and one Catalogue."""
    kinds: dict[str, list[tuple[str, Raw]]] = {}
    for document in documents:
        kinds.setdefault(document.kind, []).append((document.name, document.data["spec"]))
    (region_pair,) = kinds["Region"]
    (catalogue_pair,) = kinds["Catalogue"]
    sites = by_name(tuple(site(*pair) for pair in kinds.get("Site", ())))
    hosts = tuple(host(*pair, region=region_pair[0], sites=sites) for pair in kinds.get("Host", ()))
    return Specs(
        region=region(*region_pair),
        sites=sites,
        hosts=by_name(hosts),
        catalogue=catalogue(*catalogue_pair),
        tenants=by_name(tuple(tenant(*pair) for pair in kinds.get("Tenant", ()))),
        waivers=by_name(tuple(waiver(*pair) for pair in kinds.get("Waiver", ()))),
    )
