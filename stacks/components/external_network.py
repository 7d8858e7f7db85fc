"""A network to the outside with its addresses; routers take gateways and tenants floating IPs from it."""

from __future__ import annotations

import pulumi_openstack as openstack

from orchestrator.model.region import ExternalNetwork


def external_network(environment: ExternalNetwork) -> openstack.networking.Network:
    network = openstack.networking.Network(
        environment.name,
        name=environment.name,
        external=True,
        shared=False,
        admin_state_up=True,
        segments=[_segment(environment)],
    )
    openstack.networking.Subnet(
        environment.name,
        name=environment.name,
        network_id=network.id,
        ip_version=4,
        cidr=str(environment.cidr),
        gateway_ip=str(environment.gateway),
        allocation_pools=[{"start": str(environment.first), "end": str(environment.last)}],
        enable_dhcp=False,
    )
    return network


def _segment(environment: ExternalNetwork) -> dict[str, str | int]:
    if environment.vlan is None:
        return {"network_type": "flat", "physical_network": environment.physical_network}
    return {
        "network_type": "vlan",
        "physical_network": environment.physical_network,
        "segmentation_id": environment.vlan,
    }
