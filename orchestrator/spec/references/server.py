"""A tenant's servers: what they are made from, where they stand, what they hang on."""

from __future__ import annotations

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names
from orchestrator.spec.references.project import known_here, project_of
from orchestrator.spec.references.server_interfaces import Interfaces


def judge(tenant: Judge, names: Names) -> None:
    """Every name of a server is borne by something in its project; addresses are free and in their network."""
    interfaces = Interfaces(tenant, names)
    for path, server in tenant.items("servers"):
        judge_parts(tenant, names, path, server)
        for index, interface in enumerate(server["networks"]):
            interfaces.judge((*path, "networks", index), server, interface)


def judge_parts(tenant: Judge, names: Names, path: Path, server: Item) -> None:
    """What a server and a pool of servers have in common. `server`: one of these."""
    if "site" in server:
        tenant.known((*path, "site"), server["site"], names.sites, "no site {}")
    _made_from(tenant, names, path, server)
    _parts(tenant, path, server)


def _made_from(tenant: Judge, names: Names, path: Path, server: Item) -> None:
    catalogue = names.catalogue
    if catalogue is None:
        return
    flavor_known = tenant.known((*path, "flavor"), server["flavor"], catalogue.flavors, "no flavor {}")
    image_known = tenant.known((*path, "image"), server["image"], catalogue.images, "no image {}")
    if flavor_known and image_known:
        _fits(tenant, path, server, catalogue.flavors[server["flavor"]], catalogue.images[server["image"]])
    if flavor_known:
        _placed(tenant, names, path, server, catalogue.flavors[server["flavor"]])


def _placed(tenant: Judge, names: Names, path: Path, server: Item, flavor: Item) -> None:
    site = server.get("site", tenant.spec["site"])
    there, wanted = names.aggregates.compute.get(site), flavor.get("aggregate")
    if wanted and there is not None and wanted not in there:
        message = f"flavor '{flavor['name']}' needs aggregate '{wanted}', which site '{site}' has not"
        tenant.report("not-offered", (*path, "flavor"), message, "take another flavor or site")


def _fits(tenant: Judge, path: Path, server: Item, flavor: Item, image: Item) -> None:
    boot = server.get("bootVolume")
    disk, field = (boot["sizeGiB"], "bootVolume") if boot else (flavor["diskGiB"], "flavor")
    if not boot and not disk:
        pooled = "count" in server
        message = f"flavor '{flavor['name']}' has no disk, and {'a pool' if pooled else 'the server'} has no bootVolume"
        hint = "take another flavor" if pooled else "add bootVolume, or take another flavor"
        tenant.report("contradiction", (*path, "flavor"), message, hint)
    elif disk < image.get("minDiskGiB", 0):
        message = f"image '{image['name']}' needs a root disk of {image['minDiskGiB']} GiB; this one has {disk}"
        tenant.report("contradiction", (*path, field), message, "take a larger one")
    if flavor["memoryGiB"] < image.get("minMemoryGiB", 0):
        message = f"image '{image['name']}' needs {image['minMemoryGiB']} GiB of memory"
        tenant.report("contradiction", (*path, "flavor"), message, "take a larger flavor")


def _parts(tenant: Judge, path: Path, server: Item) -> None:
    project = project_of(tenant, server)
    groups = tenant.by_name("securityGroups")
    for index, group in enumerate(server.get("securityGroups", ())):
        known_here(tenant, (*path, "securityGroups", index), group, groups, "security group", project)
    if "group" in server:
        server_groups = tenant.by_name("serverGroups")
        known_here(tenant, (*path, "group"), server["group"], server_groups, "server group", project)
    if "sshKey" in server:
        keys = tenant.by_name("access", "sshKeys")
        tenant.known((*path, "sshKey"), server["sshKey"], keys, "the tenant has no SSH key {}")
