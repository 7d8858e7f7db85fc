"""Networks with their gateways, and floating IPs with the port that they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.errors import SpecError
from orchestrator.model.environment import FloatingIpEnvironment, NetworkEnvironment, SharedNetworkEnvironment
from orchestrator.model.region import Region
from orchestrator.model.sharing import SharedNetwork
from orchestrator.model.tenant import Exposure, FloatingIp, Network, Server


def network_environment(region: Region, network: Network) -> NetworkEnvironment:
    """The router has the first address; an isolated network announces none, for there is nothing behind it."""
    routed = network.exposure is not Exposure.ISOLATED
    return NetworkEnvironment(
        name=network.name,
        display_name=network.display_name,
        cidr=network.cidr,
        gateway=network.cidr[1] if routed else None,
        external=_external(region, network) if routed else "",
        dns=network.dns,
    )


def shared_network_environment(shared: SharedNetwork) -> SharedNetworkEnvironment:
    return SharedNetworkEnvironment(name=shared.name, owner=shared.tenant, network=shared.network)


def floating_ip_environment(
    region: Region, floating_ip: FloatingIp, server: Server, networks: Mapping[str, Network]
) -> FloatingIpEnvironment:
    """It stands for the server's first public network that reaches the asked external network, if one is asked for.

    `networks`: the tenant's own; on a network of another tenant there is no floating IP of this one.
    """
    for network in (networks[one.network] for one in server.networks if one.network in networks):
        external = _external(region, network)
        if network.exposure is Exposure.PUBLIC and floating_ip.external in ("", external):
            return FloatingIpEnvironment(
                name=floating_ip.name, server=server.name, network=network.name, external=external
            )
    wanted = f" through {floating_ip.external}" if floating_ip.external else ""
    raise SpecError(
        f"floating IP {floating_ip.name}: server {server.name} is on no public network{wanted}",
        hint="give one of the server's networks `exposure: public`, or name the external network of one that has it",
    )


def _external(region: Region, network: Network) -> str:
    if network.external:
        return network.external
    if not region.external_networks:
        raise SpecError(
            f"network {network.name} reaches out, but region {region.name} has no external network",
            hint="give the region one, or make the network `exposure: isolated`",
        )
    return region.external_networks[0].name
