"""A tenant's volumes, object containers and floating IPs."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names
from orchestrator.spec.references.project import known_here, project_of


def judge(tenant: Judge, names: Names, servers: Mapping[str, Item]) -> None:
    """Tiers exist and the site offers them; servers exist. `servers`: those of pools included."""
    volume_tiers = names.catalogue.tiers if names.catalogue else None
    object_tiers = names.catalogue.object_tiers if names.catalogue else None
    for path, server in tenant.items("servers"):
        if "bootVolume" in server:
            site = server.get("site", tenant.spec["site"])
            _tier(tenant, names, (*path, "bootVolume"), server["bootVolume"], site, volume_tiers, "volume")
    for path, volume in tenant.items("volumes"):
        server = servers.get(volume.get("attachTo", ""), {})
        site = server.get("site", tenant.spec["site"])
        _tier(tenant, names, path, volume, site, volume_tiers, "volume")
        if "attachTo" in volume:
            project = project_of(tenant, volume)
            known_here(tenant, (*path, "attachTo"), volume["attachTo"], servers, "server", project)
    for path, container in tenant.items("objectContainers"):
        _tier(tenant, names, path, container, tenant.spec["site"], object_tiers, "object")
    for path, address in tenant.items("floatingIPs"):
        tenant.known((*path, "server"), address["server"], servers, "the tenant has no server {}")
        if "external" in address:
            tenant.known((*path, "external"), address["external"], names.externals, "no external network {}")


def _tier(
    tenant: Judge, names: Names, path: Path, item: Item, site: str, tiers: Mapping[str, Item] | None, what: str
) -> None:
    """`item`: what is kept in the tier; `tiers`: None when the catalogue is broken."""
    at, tier = (*path, "tier"), item["tier"]
    if tiers is None or not tenant.known(at, tier, tiers, f"no {what} tier {{}}"):
        return
    offered, backend = names.offered(site), tiers[tier]["backend"]
    if offered is not None and backend not in offered:
        message = f"site '{site}' does not offer {what} tier '{tier}'"
        tenant.report("not-offered", at, message, f"it lacks back end '{backend}'; take another tier or site")
