"""A project's networks, and the routers that connect them to the outside."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.environment import NetworkEnvironment
from orchestrator.model.known_ids import KnownIds
from stacks.components.known_id import region_id
from stacks.components.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltNetwork:
    """`interface`: its way out, which must stand before a floating IP; None for an isolated network."""

    network: openstack.networking.Network
    subnet: openstack.networking.Subnet
    interface: openstack.networking.RouterInterface | None

    @property
    def ids(self) -> tuple[pulumi.Output[str], pulumi.Output[str]]:
        """Of the network and of its subnet."""
        return self.network.id, self.subnet.id

    @property
    def exported(self) -> dict[str, pulumi.Output[str]]:
        """For tenants with whom it is shared; named as in `NetworkIds`."""
        return {"network": self.network.id, "subnet": self.subnet.id}

    @property
    def way_out(self) -> tuple[pulumi.Resource, ...]:
        return () if self.interface is None else (self.interface,)


def router(place: Place, external: str, ids: KnownIds) -> openstack.networking.Router:
    """The project's router with its gateway on one external network."""
    return openstack.networking.Router(
        place.name(external),
        name=place.name(external),
        description=place.mark("router", external),
        admin_state_up=True,
        external_network_id=region_id(ids.external_networks, "external network", external),
        opts=place.options(),
    )


def network(
    place: Place, environment: NetworkEnvironment, routers: dict[str, openstack.networking.Router]
) -> BuiltNetwork:
    built = openstack.networking.Network(
        place.name(environment.name),
        name=environment.display_name,
        description=place.mark("network", environment.name),
        admin_state_up=True,
        opts=place.options(),
    )
    subnet = _subnet(place, environment, built)
    interface = None
    if environment.external:
        interface = openstack.networking.RouterInterface(
            place.name(environment.name),
            router_id=routers[environment.external].id,
            subnet_id=subnet.id,
            opts=place.options(delete_first=True),  # a subnet has one interface on a router: a second is refused
        )
    return BuiltNetwork(network=built, subnet=subnet, interface=interface)


def _subnet(
    place: Place, environment: NetworkEnvironment, built: openstack.networking.Network
) -> openstack.networking.Subnet:
    gateway = environment.gateway
    return openstack.networking.Subnet(
        place.name(environment.name),
        name=environment.display_name,
        description=place.mark("subnet", environment.name),
        network_id=built.id,
        ip_version=4,
        cidr=str(environment.cidr),
        gateway_ip=None if gateway is None else str(gateway),
        no_gateway=True if gateway is None else None,
        dns_nameservers=[str(address) for address in environment.dns],
        enable_dhcp=True,
        opts=place.options(),
    )
