"""The twelve resources as a Pulumi program: for the embedded and for the official engine."""

from __future__ import annotations

from collections.abc import Callable

import pulumi
import pulumi_openstack as openstack

from tenancies.limits import COMPUTE, NETWORK, OPEN_PORTS, VOLUME

_SINGULAR = {name: name.removesuffix("s") for name in NETWORK} | {"floating_ips": "floatingip"}


def program_of(name: str) -> Callable[[], None]:
    """`name`: of the tenant; its project and all in it are called after it."""

    def program() -> None:
        project = openstack.identity.Project("project", name=name)
        openstack.compute.QuotaSetV2("compute", project_id=project.id, **COMPUTE)
        openstack.blockstorage.QuoteSetV3("volume", project_id=project.id, **VOLUME)
        limits = {_SINGULAR[key]: value for key, value in NETWORK.items()}
        openstack.networking.QuotaV2("network", project_id=project.id, **limits)
        _network(name, project.id)
        _security_group(name, project.id)

    return program


def _network(name: str, project: pulumi.Output[str]) -> None:
    network = openstack.networking.Network("network", name=f"{name}-net", tenant_id=project)
    subnet = openstack.networking.Subnet(
        "subnet", name=f"{name}-subnet", tenant_id=project, network_id=network.id, cidr="10.50.0.0/24", ip_version=4
    )
    router = openstack.networking.Router("router", name=f"{name}-router", tenant_id=project)
    openstack.networking.RouterInterface("interface", router_id=router.id, subnet_id=subnet.id)


def _security_group(name: str, project: pulumi.Output[str]) -> None:
    group = openstack.networking.SecGroup("group", name=f"{name}-web", tenant_id=project, delete_default_rules=True)
    for port in OPEN_PORTS:
        openstack.networking.SecGroupRule(
            f"port-{port}",
            tenant_id=project,
            security_group_id=group.id,
            direction="ingress",
            ethertype="IPv4",
            protocol="tcp",
            port_range_min=port,
            port_range_max=port,
            remote_ip_prefix="0.0.0.0/0",
        )
