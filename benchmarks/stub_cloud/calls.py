"""What is recorded: a call for each form of answer that ours or a peer reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

COMPUTE, PLACEMENT = "compute 2.87", "placement 1.39"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`service`: its type in the catalogue; `path`: {project}, {provider}, {router} stand for the first of each.

    `cut`: lists of the answer of which only the first item is kept.
    """

    name: str
    service: str
    path: str
    version: str = ""
    cut: tuple[str, ...] = ()


def calls() -> Iterator[Call]:
    """In an order in which an answer's ids are known when a path needs them."""
    yield Call(name="root", service="identity", path="/")
    for name in ("domains", "regions", "users", "groups"):
        yield Call(name=name, service="identity", path=f"/v3/{name}", cut=(name,))
    yield Call(name="projects", service="identity", path="/v3/projects?tags=mutualis", cut=("projects",))
    yield from _compute()
    yield from _volume()
    yield from _network()
    yield from _placement()
    yield Call(name="root", service="image", path="/")
    yield Call(name="images", service="image", path="/v2/images", cut=("images",))


def _compute() -> Iterator[Call]:
    yield Call(name="root", service="compute", path="/v2.1/")
    lists = {
        "servers": "servers/detail?all_tenants=1",
        "hypervisors": "os-hypervisors/detail",
        "aggregates": "os-aggregates",
        "services": "os-services",
        "flavors": "flavors/detail",
        "availabilityZoneInfo": "os-availability-zone",
    }
    for key, path in lists.items():
        yield Call(name=key, service="compute", path=f"/v2.1/{path}", version=COMPUTE, cut=(key, f"{key}_links"))
    yield Call(name="security_groups", service="compute", path="/v2.1/os-security-groups", cut=("security_groups",))
    yield Call(name="limits", service="compute", path="/v2.1/limits?tenant_id={project}", version=COMPUTE)
    yield Call(name="quota", service="compute", path="/v2.1/os-quota-sets/{project}")
    yield Call(name="quota_detail", service="compute", path="/v2.1/os-quota-sets/{project}/detail")
    path = "/v2.1/os-simple-tenant-usage?detailed=1&start=2026-01-01T00:00:00"
    yield Call(name="usages", service="compute", path=path, cut=("tenant_usages", "server_usages"))


def _volume() -> Iterator[Call]:
    yield Call(name="root", service="block-storage", path="/")
    lists = {
        "volumes": "volumes/detail?all_tenants=1",
        "snapshots": "snapshots/detail?all_tenants=1",
        "services": "os-services",
        "pools": "scheduler-stats/get_pools?detail=true",
        "volume_types": "types",
    }
    for key, path in lists.items():
        cut = () if key in {"services", "pools", "volume_types"} else (key, f"{key}_links")
        yield Call(name=key, service="block-storage", path=f"/v3/{path}", cut=cut)
    yield Call(name="quota", service="block-storage", path="/v3/os-quota-sets/{project}")
    yield Call(name="quota_usage", service="block-storage", path="/v3/os-quota-sets/{project}?usage=True")


def _network() -> Iterator[Call]:
    yield Call(name="root", service="network", path="/")
    yield Call(name="external", service="network", path="/v2.0/networks?router:external=true", cut=("networks",))
    yield Call(name="networks", service="network", path="/v2.0/networks?router:external=false", cut=("networks",))
    path = "/v2.0/network-ip-availabilities?ip_version=4"
    yield Call(name="availabilities", service="network", path=path, cut=("network_ip_availabilities",))
    lists = ("floatingips", "subnets", "ports", "routers", "security-groups", "agents", "subnetpools", "quotas")
    for name in lists:
        key = name.replace("-", "_")
        yield Call(name=key, service="network", path=f"/v2.0/{name}", cut=(key, "security_group_rules"))
    yield Call(name="default_quota", service="network", path="/v2.0/quotas/{project}/default")
    yield Call(name="quota_details", service="network", path="/v2.0/quotas/{project}/details.json")
    yield Call(name="l3_agents", service="network", path="/v2.0/routers/{router}/l3-agents", cut=("agents",))


def _placement() -> Iterator[Call]:
    yield Call(name="root", service="placement", path="/")
    cut = ("resource_providers", "links")
    yield Call(name="providers", service="placement", path="/resource_providers", version=PLACEMENT, cut=cut)
    for name in ("inventories", "usages", "aggregates", "allocations"):
        path = f"/resource_providers/{{provider}}/{name}"
        yield Call(name=name, service="placement", path=path, version=PLACEMENT, cut=("allocations",))
    path = "/allocation_candidates?resources=VCPU:1"
    cut = ("allocation_requests", "provider_summaries")
    yield Call(name="candidates", service="placement", path=path, version=PLACEMENT, cut=cut)
    yield Call(
        name="project_usages", service="placement", path="/usages?project_id={project}", version="placement 1.19"
    )
