"""The network part: addresses of external networks and of every subnet, floating IPs by project. Three calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.facts import items, mapping, text, text_or_none, whole
from orchestrator.adapters.inventory_openstack.pages import pages
from orchestrator.model.snapshot import AddressUse, SubnetUse

SERVICE: Final = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPart:
    addresses: tuple[AddressUse, ...] = ()
    subnets: tuple[SubnetUse, ...] = ()
    floating_ips: Mapping[str, int] = field(default_factory=dict)


def read_network(door: Door) -> NetworkPart:
    """IPv4 only: an IPv6 subnet's size is no capacity."""
    networks = door.get(SERVICE, "networks", params={"router:external": "true", "fields": ["id", "name"]})["networks"]
    external = {network["id"] for network in items(networks)}
    body = mapping(door.get(SERVICE, "network-ip-availabilities", params={"ip_version": 4}))
    availabilities = items(body["network_ip_availabilities"])
    floating = pages(door, SERVICE, "floatingips", "floatingips", params={"fields": ["id", "project_id"]})
    return NetworkPart(
        addresses=tuple(
            AddressUse(network=text(one["network_name"]), total=whole(one["total_ips"]), used=whole(one["used_ips"]))
            for one in availabilities
            if one["network_id"] in external
        ),
        subnets=tuple(_subnets(availabilities)),
        floating_ips=dict(sorted(Counter(text_or_none(address["project_id"]) for address in floating).items())),
    )


def _subnets(availabilities: Iterable[Mapping[str, Any]]) -> Iterable[SubnetUse]:
    for network in availabilities:
        for subnet in items(network["subnet_ip_availability"]):
            yield SubnetUse(
                project_id=text_or_none(network["project_id"]),
                network=text(network["network_name"]),
                cidr=text(subnet["cidr"]),
                total=whole(subnet["total_ips"]),
                used=whole(subnet["used_ips"]),
            )
