"""A compute driver for Octavia that builds no server, but attaches ports to it in Neutron as Nova would.

(Octavia's own driver of that kind keeps its ports in a database in /tmp, one for all.)
"""

import uuid
from dataclasses import dataclass
from typing import Any

from octavia.common import clients, constants, data_models
from octavia.compute import compute_base

_ADDRESS = "192.0.2.1"  # of every amphora's agent; nobody calls it


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A port of an amphora, with the names that Nova's API gives to its parts."""

    net_id: str
    port_id: str
    fixed_ips: list[dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerGroup:
    id: str


class PortsDriver(compute_base.ComputeBase):
    def build(self, *_: Any, **__: Any) -> str:
        return str(uuid.uuid4())

    def delete(self, compute_id: str) -> None:
        for port in _ports().ports(device_id=compute_id):
            self.detach_port(port_id=port.id)

    def status(self, *_: Any, **__: Any) -> str:
        return constants.UP

    def get_amphora(self, compute_id: str, *_: Any, **__: Any) -> Any:
        amphora = data_models.Amphora(compute_id=compute_id, status=constants.ACTIVE, lb_network_ip=_ADDRESS)
        return amphora, None

    def create_server_group(self, *_: Any, **__: Any) -> ServerGroup:
        return ServerGroup(id=str(uuid.uuid4()))

    def delete_server_group(self, server_group_id: str) -> None:
        """There is none."""

    def attach_network_or_port(self, compute_id: str, *_: Any, port_id: str, **__: Any) -> Attached:
        port = _ports().update_port(port_id, device_id=compute_id)
        return Attached(net_id=port.network_id, port_id=port.id, fixed_ips=port.fixed_ips)

    def detach_port(self, *_: Any, port_id: str, **__: Any) -> None:
        _ports().update_port(port_id, device_id="")

    def validate_flavor(self, flavor_id: str) -> None:
        """Every flavor would do."""

    def validate_availability_zone(self, availability_zone: str) -> None:
        """Every zone would do."""


def _ports() -> Any:
    """Return Neutron, as Octavia's own account."""
    return clients.NeutronAuth.get_neutron_client().network
