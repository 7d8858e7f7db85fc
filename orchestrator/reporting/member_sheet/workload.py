"""What the member runs and keeps: servers, networks, storage, backups, and who may enter."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.access import Grant
from orchestrator.model.backup import Backup, BackupTier
from orchestrator.model.catalogue import Catalogue, VolumeTier
from orchestrator.model.container_use import ContainerUse, container_uses
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.project_key import project_key
from orchestrator.model.sharing import SharedNetwork
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Network, Server, Tenant
from orchestrator.reporting.member_sheet.markdown import facts, plain, section, table


def workload(specs: Specs, tenant: Tenant, ids: KnownIds) -> Iterator[str]:
    """`ids`: of owners of shared containers, as far as they are known."""
    servers = [_server(specs, tenant, one) for one in tenant.all_servers]
    yield from section("Servers", table(("Name", "Project", "Flavor", "Image", "Site", "Networks"), servers))
    yield from section(
        "Networks",
        table(("Name", "Addresses", "Reach", "Shared with"), [_network(one) for one in tenant.networks]),
        [
            f"- uses network {one.network} of {one.tenant}, by agreement {plain(one.agreement)}{_called(one)}"
            for one in tenant.shared_networks
        ],
        [f"- floating IP {one.name} leads to server {one.server}" for one in tenant.floating_ips],
    )
    yield from section(
        "Storage",
        table(("Name", "Project", "Kind", "GiB", "For"), list(_storage(specs.catalogue, tenant))),
        _shared(specs, tenant, ids),
    )
    backups = [_backup(specs.catalogue.backup_tiers[one.tier], one) for one in tenant.backups]
    yield from section("Backups", table(("Tier", "What", "Every", "Kept", "Where", "Encrypted"), backups))
    yield from _access(tenant)


def _server(specs: Specs, tenant: Tenant, server: Server) -> tuple[object, ...]:
    flavor, image = specs.catalogue.flavors[server.flavor], specs.catalogue.images[server.image]
    size = f"{flavor.name}: {flavor.vcpus} vCPU, {flavor.memory_mib / 1024:g} GiB"
    origin = f" of {image.origin.publisher} ({image.origin.country})" if image.origin else ""
    mended = f"{image.name}{origin}, mended until {image.support_end}"
    networks = ", ".join(f"{one.network} {one.address or ''}".strip() for one in server.networks)
    return server.name, server.project or tenant.name, size, mended, server.site or tenant.site, networks


def _network(network: Network) -> tuple[object, ...]:
    shares = ", ".join(f"{one.tenant} by {one.agreement}" for one in network.shared_with)
    return network.name, network.cidr, network.exposure.value, shares


def _called(shared: SharedNetwork) -> str:
    return "" if shared.name == shared.network else f"; called {shared.name} here"


def _tier(tier: VolumeTier) -> str:
    kept = [word for word, said in (("encrypted", tier.encrypted), ("kept twice", tier.replicated)) if said]
    return ", ".join((f"volume {tier.name}", *kept))


def _storage(catalogue: Catalogue, tenant: Tenant) -> Iterator[tuple[object, ...]]:
    for server in tenant.all_servers:
        if server.boot_volume:
            root = server.boot_volume
            yield (
                f"{server.name} root",
                server.project or tenant.name,
                _tier(catalogue.tiers[root.tier]),
                root.size_gib,
                server.name,
            )
    for volume in tenant.volumes:
        yield (
            volume.name,
            volume.project or tenant.name,
            _tier(catalogue.tiers[volume.tier]),
            volume.size_gib,
            volume.attach_to,
        )
    for one in tenant.object_containers:
        backend = catalogue.object_tiers[one.tier].backend
        kind = f"objects {one.tier} on {backend}{', with versions' if one.versioned else ''}"
        yield one.name, one.project or tenant.name, kind, one.size_gib, ""


def _shared(specs: Specs, tenant: Tenant, ids: KnownIds) -> list[str]:
    """Containers that others may use, then those of others that this one may."""
    given = [
        f"- container {container.name} is shared with {one.tenant} ({one.access.value}), by agreement "
        f"{plain(one.agreement)}"
        for container in tenant.object_containers
        for one in container.shared_with
    ]
    return given + [
        f"- uses container {one.container.name} of {one.owner.name} ({one.access.value}) from project "
        f"{one.use.project}, by agreement {plain(one.use.agreement)}{_address(one, ids)}"
        for one in container_uses(specs, tenant)
    ]


def _address(one: ContainerUse, ids: KnownIds) -> str:
    """Swift's, behind the store's own: that of the owner's project."""
    account = ids.project(one.owner.name, project_key(one.owner.name, one.container.project))
    return f", at `<object store>/v1/AUTH_{account}/{one.container.name}`" if account else ""


def _backup(tier: BackupTier, backup: Backup) -> tuple[object, ...]:
    what = "everything" if backup.everything else ", ".join((*backup.servers, *backup.volumes))
    target = tier.target
    held = f" ({', '.join(target.certifications)})" if target.certifications else ""
    where = f"site {target.site}" if target.site else f"{target.location}, {target.country}{held}"
    off = ", off site" if tier.off_site else ""
    encrypted = "yes" if tier.encrypted else "no"
    return tier.name, what, f"{tier.every_hours} h", f"{tier.keep_days} days", f"{where}{off}", encrypted


def _access(tenant: Tenant) -> Iterator[str]:
    access = tenant.access
    grants = [("group", one) for one in access.groups] + [("user", one) for one in access.users]
    rows = [(kind, one.name, ", ".join(one.roles), _reach(one)) for kind, one in grants]
    keys: list[tuple[str, object]] = [("SSH keys", ", ".join(one.name for one in access.ssh_keys))]
    keys += [(f"age key {one.name}", one.public_key) for one in access.age_keys]
    yield from section("Access", table(("Who", "Name", "Roles", "Projects"), rows), facts(keys))


def _reach(grant: Grant) -> str:
    return ", ".join(grant.projects) or "all"
