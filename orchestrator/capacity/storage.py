"""Volume storage per site and tier: what the back ends offer, and where a volume lies.

Cinder has no word for a site: a pool or volume belongs to the site that its availability zone is named after, else
to the one site that offers its back end. What fits no site that way counts by the specs, or region-wide.
"""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.capacity.tally import tally
from orchestrator.model.capacity import GIB
from orchestrator.model.snapshot import VOLUME, InventorySnapshot
from orchestrator.model.specs import Specs

Pool = tuple[str, str]
"""Site, back end."""


def declared_pools(specs: Specs) -> Mapping[Pool, int]:
    """Bytes, as written in the Site specs."""
    return tally(
        ((site.name, pool.backend), pool.capacity_gib * GIB) for site in specs.sites.values() for pool in site.storage
    )


def seen_pools(specs: Specs, snapshot: InventorySnapshot) -> Mapping[Pool, int]:
    """Bytes, as Cinder says; as written where it says nothing usable or its pool cannot be told to a site."""
    if not snapshot.known(VOLUME):
        return declared_pools(specs)
    seen = tally(
        ((site, pool.backend), int(pool.total_gib * GIB))
        for pool in snapshot.pools
        if pool.total_gib is not None and (site := site_of(specs, pool.zone, pool.backend))
    )
    return {**declared_pools(specs), **seen}


def pool_use(specs: Specs, snapshot: InventorySnapshot) -> Mapping[Pool, int]:
    """Bytes really written, as Cinder says: size less what is free. A back end of which a pool does not tell is out."""
    pools = [(site_of(specs, one.zone, one.backend), one) for one in snapshot.pools]
    silent = {(site, one.backend) for site, one in pools if one.total_gib is None or one.free_gib is None}
    return tally(
        ((site, one.backend), int((one.total_gib - one.free_gib) * GIB))
        for site, one in pools
        if site and (site, one.backend) not in silent and one.total_gib is not None and one.free_gib is not None
    )


def site_of(specs: Specs, zone: str, backend: str) -> str:
    """The site of something in Cinder; empty when it cannot be told."""
    if zone in specs.sites:
        return zone
    offering = [site.name for site in specs.sites.values() if backend in {pool.backend for pool in site.storage}]
    return offering[0] if len(offering) == 1 else ""


def volume_site(specs: Specs, zone: str, tier: str, tenant: str) -> str:
    """The site of a volume; the tenant's own when Cinder cannot tell."""
    known = specs.catalogue.tiers.get(tier)
    site = site_of(specs, zone, known.backend if known else "")
    if site or tenant not in specs.tenants:
        return site
    return specs.tenants[tenant].site
