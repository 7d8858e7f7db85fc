"""A tenant's volumes and floating IPs."""

from __future__ import annotations

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Names
from orchestrator.spec.references.project import known_here, project_of


def judge(tenant: Judge, names: Names) -> None:
    """Tiers exist and the site offers them; servers exist."""
    servers = tenant.by_name("servers")
    for path, server in tenant.items("servers"):
        if "bootVolume" in server:
            site = server.get("site", tenant.spec["site"])
            _tier(tenant, names, (*path, "bootVolume", "tier"), server["bootVolume"]["tier"], site)
    for path, volume in tenant.items("volumes"):
        server = servers.get(volume.get("attachTo", ""), {})
        _tier(tenant, names, (*path, "tier"), volume["tier"], server.get("site", tenant.spec["site"]))
        if "attachTo" in volume:
            project = project_of(tenant, volume)
            known_here(tenant, (*path, "attachTo"), volume["attachTo"], servers, "server", project)
    for path, address in tenant.items("floatingIPs"):
        tenant.known((*path, "server"), address["server"], servers, "the tenant has no server {}")
        if "external" in address:
            tenant.known((*path, "external"), address["external"], names.externals, "no external network {}")


def _tier(tenant: Judge, names: Names, path: Path, tier: str, site: str) -> None:
    if names.catalogue is None or not tenant.known(path, tier, names.catalogue.tiers, "no volume tier {}"):
        return
    offered, backend = names.offered(site), names.catalogue.tiers[tier]["backend"]
    if offered is not None and backend not in offered:
        message = f"site '{site}' does not offer volume tier '{tier}'"
        tenant.report("not-offered", path, message, f"it lacks back end '{backend}'; take another tier or site")
