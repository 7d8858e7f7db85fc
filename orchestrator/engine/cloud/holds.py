"""What holds an object that is to go before its successor comes: addresses of what stays hold their subnet.

Neutron deletes no subnet that is in use; the call would come again until its limit, with the router's way to the
network taken away already.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.collisions import SUBNET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orchestrator.engine.provider import Planned

PORT: Final = "openstack:networking/port:Port"
INSTANCE: Final = "openstack:compute/instance:Instance"


def held(leaving: Sequence[Planned], staying: Sequence[Planned]) -> dict[str, str]:
    """URN of a subnet -> whose addresses keep it, and what to do."""
    found = {}
    for subnet in (one for one in leaving if one.kind == SUBNET):
        names = [_called(one) for one in staying if _is_in(one, subnet)]
        if names:
            found[subnet.urn] = _told(subnet, names)
    return found


def _told(subnet: Planned, names: list[str]) -> str:
    cidr = subnet.outputs.get("cidr")
    return (
        f"the subnet {cidr} cannot be deleted before a new one is made: {', '.join(names)} would still have an address "
        "in it. Let the new one be made first (delete_before_replace=False), with a range that does not overlap; or "
        "make it under a name of its own, move what is there, and take the old one away in a later run"
    )


def _called(one: Planned) -> str:
    return f"{'port' if one.kind == PORT else 'server'} '{one.name}'"


def _is_in(one: Planned, subnet: Planned) -> bool:
    cidr, network = subnet.outputs.get("cidr"), subnet.outputs.get("networkId")
    if not isinstance(cidr, str) or not isinstance(network, str):
        return False
    return any(ip_address(address) in ip_network(cidr) for on, address in _addresses(one) if on == network)


def _addresses(one: Planned) -> Iterator[tuple[object, str]]:
    """Network and address, each. A server's by way of a port are the port's."""
    if one.kind == PORT:
        for address in one.outputs.get("allFixedIps") or ():
            yield one.outputs.get("networkId"), address
    elif one.kind == INSTANCE:
        for link in one.outputs.get("networks") or ():
            if not link.get("port") and link.get("fixedIpV4"):
                yield link.get("uuid"), link["fixedIpV4"]
