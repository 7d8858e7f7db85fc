"""What a right page says of a made-up cloud: computed from its plain facts, by nothing of the product's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from stub_cloud.estate import ADDRESSES, DISK_GIB, MEMORY_MIB, POOL_GIB, THREADS, Estate
from stub_cloud.network_answers import EXTERNAL_NAME, SUBNET, cidr

from exporting.figures import Series, series

MIB, GIB = 2**20, 2**30
CLASSES = {"VCPU": ("vcpus", "vcpus", 1), "MEMORY_MB": ("bytes", "memory", MIB), "DISK_GB": ("bytes", "disk", GIB)}
"""Placement's class -> our unit, resource and factor."""
HAS = {"VCPU": THREADS, "MEMORY_MB": MEMORY_MIB, "DISK_GB": DISK_GIB}
PARTS = {
    "placement": ("placement",),
    "compute": ("compute", "compute_quota"),
    "block-storage": ("volume", "volume_quota"),
    "network": ("network", "network_quota"),
    "identity": ("identity",),
}
"""The service -> parts of our inventory that fail with it."""


def expected(estate: Estate) -> dict[str, dict[Series, float]]:
    """By the service that each figure is read from; without quotas of Nova and Cinder, which come in turns."""
    return {
        "placement": dict(_hosts(estate)),
        "compute": dict(_servers(estate)),
        "block-storage": {**dict(_volumes(estate)), **dict(_pools(estate))},
        "network": dict(_network(estate)),
    }


def quotas(estate: Estate) -> dict[Series, float]:
    """Of all tenants, once every project was asked."""
    found: dict[Series, float] = {}
    for project in estate.projects:
        if tenant := project.tenant:
            quota = estate.quota(project)
            found[series("mutualis_tenant_quota_vcpus", tenant=tenant, resource="vcpus")] = quota["vcpus"]
            found[series("mutualis_tenant_quota_servers", tenant=tenant, resource="servers")] = quota["servers"]
            memory = quota["memoryMiB"] * MIB
            found[series("mutualis_tenant_quota_bytes", tenant=tenant, resource="memory")] = memory
            for tier in POOL_GIB:
                storage = series("mutualis_tenant_quota_bytes", tenant=tenant, resource="storage", tier=tier)
                found[storage] = quota[tier] * GIB
    return found


def _hosts(estate: Estate) -> Iterator[tuple[Series, float]]:
    for name, (unit, resource, factor) in CLASSES.items():
        for site in {host.site for host in estate.hosts}:
            own = [host for host in estate.hosts if host.site == site]
            place = {"site": site, "aggregate": "general", "resource": resource}
            yield series(f"mutualis_capacity_physical_{unit}", **place), len(own) * HAS[name] * factor
            used = sum(estate.used[host.number][name] for host in own)
            yield series(f"mutualis_capacity_allocated_{unit}", **place), used * factor


def _servers(estate: Estate) -> Iterator[tuple[Series, float]]:
    taken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    on: Counter[str] = Counter()
    for server in estate.servers:
        taken[server.project.tenant].update({**server.takes, "servers": 1})
        if server.host:
            on[server.host.site] += 1
    for tenant, amounts in taken.items():
        yield series("mutualis_tenant_allocated_servers", tenant=tenant, resource="servers"), amounts["servers"]
        for name, (unit, resource, factor) in CLASSES.items():
            one = series(f"mutualis_tenant_allocated_{unit}", tenant=tenant, resource=resource)
            yield one, amounts[name] * factor
    for site, number in on.items():
        yield series("mutualis_capacity_allocated_servers", site=site, aggregate="general", resource="servers"), number


def _volumes(estate: Estate) -> Iterator[tuple[Series, float]]:
    taken: Counter[tuple[str, str]] = Counter()
    lies: Counter[tuple[str, str]] = Counter()
    for volume in estate.volumes:
        taken[volume.project.tenant, volume.tier] += volume.size_gib
        lies[volume.project.site, volume.tier] += volume.size_gib
    for (tenant, tier), size in taken.items():
        one = series("mutualis_tenant_allocated_bytes", tenant=tenant, resource="storage", tier=tier)
        yield one, size * GIB
    for (site, tier), size in lies.items():
        yield series("mutualis_capacity_allocated_bytes", site=site, resource="storage", tier=tier), size * GIB


def _pools(estate: Estate) -> Iterator[tuple[Series, float]]:
    for tier, size in POOL_GIB.items():
        yield series("mutualis_pool_physical_bytes", pool=tier), size * GIB
        given = sum(volume.size_gib for volume in estate.volumes if volume.tier == tier)
        yield series("mutualis_pool_allocated_bytes", pool=tier), given * GIB


def _network(estate: Estate) -> Iterator[tuple[Series, float]]:
    floating = Counter(project.tenant for project in estate.addresses())
    for tenant, number in floating.items():
        yield series("mutualis_tenant_allocated_addresses", tenant=tenant, resource="floating_ips"), number
    owners = [project for project in estate.projects if project.tenant]
    yield series("mutualis_network_addresses", network=EXTERNAL_NAME), ADDRESSES
    yield series("mutualis_network_used_addresses", network=EXTERNAL_NAME), floating.total() + len(owners)
    for project in owners:
        labels = {"tenant": project.tenant, "network": "care", "cidr": cidr(project)}
        yield series("mutualis_subnet_addresses", **labels), SUBNET
        yield series("mutualis_subnet_used_addresses", **labels), 1 + project.number % 9
        quota = estate.quota(project)["floatingIPs"]
        yield series("mutualis_tenant_quota_addresses", tenant=project.tenant, resource="floating_ips"), quota
