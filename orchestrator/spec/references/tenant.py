"""What a Tenant says of sites, of the catalogue and of its own projects."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from orchestrator.model.project_key import MAIN
from orchestrator.spec.references import backup, network, pool, server, shared_networks, sharing, storage
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Names

_LISTS: Final = {
    "project": ("projects",),
    "group": ("access", "groups"),
    "user": ("access", "users"),
    "SSH key": ("access", "sshKeys"),
    "network": ("networks",),
    "security group": ("securityGroups",),
    "server group": ("serverGroups",),
    "server": ("servers",),
    "volume": ("volumes",),
    "floating IP": ("floatingIPs",),
    "age key": ("access", "ageKeys"),
    "desktop pool": ("desktopPools",),
    "object container": ("objectContainers",),
}
_WITH_PROJECT: Final = (
    "networks",
    "sharedNetworks",
    "securityGroups",
    "serverGroups",
    "servers",
    "desktopPools",
    "volumes",
    "objectContainers",
    "sharedContainers",
)
RESERVED: Final = {
    "region": "the region's own stack",
    "admin": "OpenStack's own project",
    "service": "OpenStack's own project",
}
"""Names that a tenant may not have, because its stack or its project would be taken for another."""


def judge(tenant: Judge, names: Names) -> None:
    """Everything that the tenant names exists, and its parts fit together."""
    if tenant.name in RESERVED:
        message = f"'{tenant.name}' is the name of {RESERVED[tenant.name]}"
        tenant.report("duplicate-name", ("metadata", "name"), message, "give the tenant another name")
    for what, path in _LISTS.items():
        tenant.unique(what, *path)
    tenant.known(("spec", "site"), tenant.spec["site"], names.sites, "no site {}")
    _quota(tenant, names)
    _projects(tenant)
    _agreement(tenant)
    _state(tenant)
    network.judge(tenant, names)
    server.judge(tenant, names)
    pool.judge(tenant, names)
    servers = pool.all_servers(tenant)
    storage.judge(tenant, names, servers)
    backup.judge(tenant, names, servers)
    sharing.judge(tenant, names)
    shared_networks.judge(tenant, names)


def _quota(tenant: Judge, names: Names) -> None:
    if names.catalogue is None:
        return
    spec, tiers = tenant.spec, names.catalogue.tiers
    tenant.known(("spec", "quota", "size"), spec["quota"]["size"], names.catalogue.sizes, "no quota size {}")
    written = spec["quota"].get("overrides", {}).get("storageGiBByTier", {})
    tenant.known_keys(("spec", "quota", "overrides", "storageGiBByTier"), written, tiers, "no volume tier {}")
    written = spec.get("guarantee", {}).get("storageGiB", {})
    tenant.known_keys(("spec", "guarantee", "storageGiB"), written, tiers, "no volume tier {}")
    for path, project in tenant.items("projects"):
        by_tier = project["quota"].get("storageGiBByTier", {})
        tenant.known_keys((*path, "quota", "storageGiBByTier"), by_tier, tiers, "no volume tier {}")


def _projects(tenant: Judge) -> None:
    projects = {project["name"] for project in tenant.spec.get("projects", ())}
    for path, project in tenant.items("projects"):
        if project["name"] in {MAIN, tenant.name}:
            message = f"'{project['name']}' means the tenant's main project"
            tenant.report("duplicate-name", (*path, "name"), message, "give the further project another name")
    known = {tenant.name, *projects}
    for field in _WITH_PROJECT:
        for path, item in tenant.items(field):
            if "project" in item:
                tenant.known((*path, "project"), item["project"], known, "the tenant has no project {}")
    for field in ("groups", "users"):
        _grants(tenant, field, known)


def _grants(tenant: Judge, field: str, projects: Collection[str]) -> None:
    for path, grant in tenant.items("access", field):
        for index, project in enumerate(grant.get("projects", ())):
            tenant.known((*path, "projects", index), project, projects, "the tenant has no project {}")


def _agreement(tenant: Judge) -> None:
    agreement = tenant.spec["agreement"]
    for field, what in (("end", "the agreement ends"), ("noticeGiven", "notice was given")):
        if field in agreement and agreement[field] < agreement["start"]:
            message = f"{what} on {agreement[field]}, before it starts"
            tenant.report("order", ("spec", "agreement", field), message, f"start is {agreement['start']}")


def _state(tenant: Judge) -> None:
    spec = tenant.spec
    retired = spec.get("state") == "retired"
    if retired and "retiredOn" not in spec:
        hint = "add it: the quarantine counts from that day"
        tenant.report("missing-field", ("spec", "state"), "a retired tenant needs 'retiredOn'", hint)
    if not retired and "retiredOn" in spec:
        hint = "write state: retired, or remove the day"
        tenant.report(
            "contradiction", ("spec", "retiredOn"), "a day of retirement, but the tenant is not retired", hint
        )
    if retired and spec.get("protect", False):
        hint = "take protect away in a change of its own, then retire"
        tenant.report("contradiction", ("spec", "protect"), "the tenant is retired and protected at once", hint)
