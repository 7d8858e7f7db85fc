"""A floating IP for a server's port."""

from __future__ import annotations

import pulumi_openstack as openstack

from orchestrator.model.environment import FloatingIpEnvironment
from stacks.components.network import BuiltNetwork
from stacks.components.place import Place
from stacks.components.server import BuiltServer


def floating_ip(
    place: Place, environment: FloatingIpEnvironment, server: BuiltServer, network: BuiltNetwork
) -> openstack.networking.FloatingIp:
    """Neutron refuses it while the network has no way out, and refuses to take the way out away before it."""
    return openstack.networking.FloatingIp(
        place.name(environment.name),
        pool=environment.external,
        port_id=server.ports[environment.network].id,
        description=place.mark("floating-ip", environment.name),
        opts=place.options(after=network.way_out),
    )
