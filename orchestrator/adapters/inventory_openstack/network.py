"""The network part: addresses of the external networks, floating IPs by project. Three calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.pages import pages
from orchestrator.model.snapshot import AddressUse

SERVICE: Final = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPart:
    addresses: tuple[AddressUse, ...] = ()
    floating_ips: Mapping[str, int] = field(default_factory=dict)


def read_network(door: Door) -> NetworkPart:
    """IPv4 only: an IPv6 subnet's size is no capacity."""
    networks = door.get(SERVICE, "networks", params={"router:external": "true", "fields": ["id", "name"]})["networks"]
    external = {network["id"] for network in networks}
    availabilities = door.get(SERVICE, "network-ip-availabilities", params={"ip_version": 4})
    floating = pages(door, SERVICE, "floatingips", "floatingips", params={"fields": ["id", "project_id"]})
    return NetworkPart(
        addresses=tuple(
            AddressUse(network=one["network_name"], total=one["total_ips"], used=one["used_ips"])
            for one in availabilities["network_ip_availabilities"]
            if one["network_id"] in external
        ),
        floating_ips=dict(sorted(Counter(address["project_id"] for address in floating).items())),
    )
