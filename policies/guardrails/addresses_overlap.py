"""POL003 on resources: the subnets of one project do not overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import groupby
from typing import Final

from policies.guardrails.guardrail import Declared, StackGuardrail

Range = IPv4Network | IPv6Network
SUBNET: Final = "openstack:networking/subnet:Subnet"


def _check(resources: Sequence[Declared]) -> Iterator[tuple[Declared, str]]:
    placed = sorted(_ranges(resources), key=_place)
    for _, same in groupby(placed, key=lambda one: (one[0].parent, one[1].version)):
        widest: tuple[Declared, Range] | None = None
        for subnet, cidr in same:  # by first address: whom any before it reaches, the one that ends last reaches
            if widest and _last(widest[1]) >= int(cidr.network_address):
                yield subnet, f"{cidr} overlaps {widest[1]} of {widest[0].name}; give one of them other addresses"
            if widest is None or _last(cidr) > _last(widest[1]):
                widest = (subnet, cidr)


def _ranges(resources: Sequence[Declared]) -> Iterator[tuple[Declared, Range]]:
    for resource in resources:
        if resource.kind == SUBNET and (cidr := resource.text("cidr")):
            yield resource, ip_network(cidr, strict=False)


def _place(one: tuple[Declared, Range]) -> tuple[str, int, int, str]:
    resource, cidr = one
    return (resource.parent, cidr.version, int(cidr.network_address), resource.name)


def _last(cidr: Range) -> int:
    return int(cidr.broadcast_address)


GUARDRAIL = StackGuardrail(
    name="addresses-overlap",
    summary="The subnets of a project do not overlap.",
    check=_check,
)
