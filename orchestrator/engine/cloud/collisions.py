"""What Neutron refuses while something else stands: two ranges that overlap on one router, or on one network.

A network that gets another name in a program is a new one beside the old one, with the same range.
"""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
            if _id_of(new, "routerId", everything) == _id_of(old, "routerId", everything) != "" and _overlap(*ranges):
                found[new.urn] = _told(new, old, ranges)
    return found | dict(_side_by_side(coming, leaving, everything))


def _side_by_side(
    coming: Sequence[Planned], leaving: Sequence[Planned], everything: Sequence[Planned]
) -> Iterator[tuple[str, str]]:
    """Subnets that come before those go whose range they touch."""
    for new in (one for one in coming if one.kind == SUBNET):
        for old in (one for one in leaving if one.kind == SUBNET):
            network = _id_of(new, "networkId", everything)
            ranges = _own_range(new), _own_range(old)
            if network == _id_of(old, "networkId", everything) != "" and _overlap(*ranges):
                yield new.urn, _beside(new, old, ranges)


def _beside(new: Planned, old: Planned, ranges: tuple[object, object]) -> str:
    return (
        f"{ranges[0]} of '{new.name}' cannot be made while {ranges[1]} of '{old.name}' is on the same network, which "
        "goes only at the end of the run: choose a range that does not overlap, or take the old one away in a run of "
        "its own first"
    )


def _told(new: Planned, old: Planned, ranges: tuple[object, object]) -> str:
    return (
        f"{ranges[0]} cannot be led to the router while {ranges[1]} of '{old.name}' is on it, which goes only "
        f"at the end of the run. If '{old.name}' was renamed '{new.name}', let it keep its name in the "
        "program (or give the new one an alias); else take the old one away in a run of its own first"
    )


def _id_of(one: Planned, name: str, everything: Sequence[Planned]) -> str:
    """The id of what an input of it names; "" where that is not made yet."""
    told = one.outputs.get(name) or one.inputs.get(name)
    if isinstance(told, str):
        return told
    source = one.sources.get(name, "")
    return next((other.id for other in everything if other.urn == source), "")


def _range(interface: Planned, everything: Sequence[Planned]) -> IPv4Network | IPv6Network | None:
    """The range of its subnet; None where the subnet is not of this stack."""
    told = interface.outputs.get("subnetId") or interface.inputs.get("subnetId")
    source = interface.sources.get("subnetId", "")
    subnets = [one for one in everything if one.kind == SUBNET]
    subnet = next((one for one in subnets if (one.id == told if isinstance(told, str) else one.urn == source)), None)
    return _own_range(subnet) if subnet else None


def _own_range(subnet: Planned) -> IPv4Network | IPv6Network | None:
    cidr = subnet.outputs.get("cidr") or subnet.inputs.get("cidr")
    return ip_network(cidr, strict=False) if isinstance(cidr, str) else None


def _overlap(one: IPv4Network | IPv6Network | None, other: IPv4Network | IPv6Network | None) -> bool:
    return one is not None and other is not None and one.version == other.version and one.overlaps(other)
