"""What Neutron refuses while something else stands: two ranges that overlap on one router.

A network that gets another name in a program is a new one beside the old one, with the same range.
"""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network, IPv6Network

    from orchestrator.engine.provider import Planned

INTERFACE: Final = "openstack:networking/routerInterface:RouterInterface"
SUBNET: Final = "openstack:networking/subnet:Subnet"


def foreseen(coming: Sequence[Planned], leaving: Sequence[Planned], everything: Sequence[Planned]) -> dict[str, str]:
    """URN of a router interface -> why it cannot be made in a run that takes another away."""
    found = {}
    for new in (one for one in coming if one.kind == INTERFACE):
        for old in (one for one in leaving if one.kind == INTERFACE):
            ranges = _range(new, everything), _range(old, everything)
            if _router(new, everything) == _router(old, everything) != "" and _overlap(*ranges):
                found[new.urn] = _told(new, old, ranges)
    return found


def _told(new: Planned, old: Planned, ranges: tuple[object, object]) -> str:
    return (
        f"{ranges[0]} cannot be led to the router while {ranges[1]} of '{old.name}' is on it, which goes only "
        f"at the end of the run. If '{old.name}' was renamed '{new.name}', let it keep its name in the "
        "program (or give the new one an alias); else take the old one away in a run of its own first"
    )


def _router(interface: Planned, everything: Sequence[Planned]) -> str:
    """Its id; "" where it is not made yet."""
    told = interface.outputs.get("routerId") or interface.inputs.get("routerId")
    if isinstance(told, str):
        return told
    source = interface.sources.get("routerId", "")
    return next((one.id for one in everything if one.urn == source), "")


def _range(interface: Planned, everything: Sequence[Planned]) -> IPv4Network | IPv6Network | None:
    """The range of its subnet; None where the subnet is not of this stack."""
    told = interface.outputs.get("subnetId") or interface.inputs.get("subnetId")
    source = interface.sources.get("subnetId", "")
    subnets = [one for one in everything if one.kind == SUBNET]
    subnet = next((one for one in subnets if (one.id == told if isinstance(told, str) else one.urn == source)), None)
    cidr = (subnet.outputs.get("cidr") or subnet.inputs.get("cidr")) if subnet else None
    return ip_network(cidr, strict=False) if isinstance(cidr, str) else None


def _overlap(one: IPv4Network | IPv6Network | None, other: IPv4Network | IPv6Network | None) -> bool:
    return one is not None and other is not None and one.version == other.version and one.overlaps(other)
