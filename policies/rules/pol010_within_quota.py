"""POL010: what a tenant asks for fits into its own quota, project by project, so that nothing fails half-way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from orchestrator.model.catalogue import Catalogue
from orchestrator.model.finding import Path, Severity
from orchestrator.model.quota_size import tenant_quota, tier_name
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import Tenant
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    catalogue = subject.specs.catalogue
    for tenant in living(subject.specs):
        asked = _asked(catalogue, tenant)
        for project, path, whose, granted in _shares(catalogue, tenant):
            for name, number in asked[project].items():
                if number > granted.get(name, 0):
                    message = f"{whose} ask for {number} of {name}, but the quota is {granted.get(name, 0)}"
                    yield Violation(object=tenant_ref(tenant), path=path, message=message)


def _shares(catalogue: Catalogue, tenant: Tenant) -> Iterator[tuple[str, Path, str, Mapping[str, int]]]:
    """(project, where its quota is written, how a message calls what it holds, quota).

    The main project has what further ones leave; when they take too much, POL009 tells.
    """
    whole = dict(tenant_quota(catalogue, tenant.quota))
    for index, project in enumerate(tenant.projects):
        yield project.name, ("spec", "projects", index, "quota"), f"things of project '{project.name}'", project.quota
        for name, taken in project.quota.items():
            whole[name] -= min(taken, whole[name])
    whose = "things of the main project" if tenant.projects else "the specs"
    yield tenant.name, ("spec", "quota"), whose, whole


def _asked(catalogue: Catalogue, tenant: Tenant) -> Mapping[str, Counter[str]]:
    """Project -> quota name (model/quota.py) -> number. Root volumes are volumes, desktops are servers."""
    asked: dict[str, Counter[str]] = defaultdict(Counter)
    machines = [(server.project, server.flavor, 1) for server in tenant.servers]
    machines += [(pool.project, pool.flavor, pool.count) for pool in tenant.desktop_pools]
    for project, flavor, number in machines:
        asked[project]["servers"] += number
        asked[project]["vcpus"] += number * catalogue.flavors[flavor].vcpus
        asked[project]["memoryMiB"] += number * catalogue.flavors[flavor].memory_mib
    for project, tier, size in _volumes(tenant):
        asked[project]["volumes"] += 1
        asked[project]["storageGiB"] += size
        asked[project][tier_name(tier)] += size
    homes = {server.name: server.project for server in tenant.all_servers} if tenant.floating_ips else {}
    for name, projects in (
        ("networks", [network.project for network in tenant.networks]),
        ("floatingIPs", [homes[address.server] for address in tenant.floating_ips]),
        ("serverGroups", [group.project for group in tenant.server_groups]),
    ):
        for project in projects:
            asked[project][name] += 1
    return asked


def _volumes(tenant: Tenant) -> Iterator[tuple[str, str, int]]:
    """(project, tier, GiB), root volumes first."""
    for server in tenant.servers:
        if server.boot_volume:
            yield server.project, server.boot_volume.tier, server.boot_volume.size_gib
    for volume in tenant.volumes:
        yield volume.project, volume.tier, volume.size_gib


RULE = Rule(
    code="POL010",
    name="within-quota",
    severity=Severity.ERROR,
    summary="What a tenant's spec asks for is within its quota, and what each of its projects asks for within the "
    "project's.",
    hint="raise the quota, or ask for less",
    reference="capacity layers, docs/words.md",
    check=_check,
)
