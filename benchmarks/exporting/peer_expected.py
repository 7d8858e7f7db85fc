"""What a right page of a peer says of a made-up cloud: a few families of each that mean the same as ours."""

from __future__ import annotations

from collections import Counter, defaultdict

from stub_cloud.estate import Estate

from exporting.figures import Series, series
from exporting.peers import OPENSTACK_EXPORTER


def peer_expected(name: str, estate: Estate) -> dict[str, dict[Series, float]]:
    """By the service that each figure is read from. `name`: of the peer."""
    return _openstack_exporter(estate) if name == OPENSTACK_EXPORTER else _os_capacity(estate)


def _taken(estate: Estate) -> dict[str, Counter[str]]:
    """Project id -> class -> amount, of servers on a host or not."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for server in estate.servers:
        found[server.project.id].update(server.takes)
    return found


def _openstack_exporter(estate: Estate) -> dict[str, dict[Series, float]]:
    placement, compute, volume = {}, {}, {}
    taken = _taken(estate)
    sizes: Counter[str] = Counter()
    for one in estate.volumes:
        sizes[one.project.id] += one.size_gib
    for host in estate.hosts:
        for name, amount in estate.used[host.number].items():
            placement[series("openstack_placement_resource_usage", hostname=host.name, resourcetype=name)] = float(
                amount
            )
    for project in estate.projects:
        owner = {"tenant": project.name, "tenant_id": project.id}
        compute[series("openstack_nova_limits_vcpus_used", **owner)] = float(taken[project.id]["VCPU"])
        quota = series("openstack_nova_quota_cores", **owner, type="limit")
        compute[quota] = float(estate.quota(project)["vcpus"])
        volume[series("openstack_cinder_limits_volume_used_gb", **owner)] = float(sizes[project.id])
    return {"placement": placement, "compute": compute, "block-storage": volume}


def _os_capacity(estate: Estate) -> dict[str, dict[Series, float]]:
    """Of projects it tells what is on hosts, as Placement does."""
    placement, compute = {}, {}
    on_hosts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for server in estate.servers:
        if server.host:
            on_hosts[server.project.id].update(server.takes)
    for host in estate.hosts:
        for name, amount in estate.used[host.number].items():
            labels = {"hypervisor": host.name, "resource": name}
            placement[series("openstack_hypervisor_placement_allocated", **labels)] = float(amount)
    for project in estate.projects:
        owner = {"project_id": project.id, "project_name": project.name}
        vcpus = series("openstack_project_usage", **owner, placement_resource="VCPU")
        placement[vcpus] = float(on_hosts[project.id]["VCPU"])
        cores = series("openstack_project_quota", **owner, quota_resource="CPUS")
        compute[cores] = float(estate.quota(project)["vcpus"])
    return {"placement": placement, "compute": compute}
