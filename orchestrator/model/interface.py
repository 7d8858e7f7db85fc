"""How a host's nics are set up: interfaces with their addresses, bonds of nics, VLANs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Interface


class InterfaceUse(StrEnum):
    """What an interface is for."""

    MANAGEMENT = "management"  # SSH and the region's APIs
    TUNNEL = "tunnel"  # networks between servers, in tunnels from host to host
    STORAGE = "storage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """Several nics as one. `mode`: a bonding mode of Linux."""

    members: tuple[str, ...]
    mode: str = "802.3ad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vlan:
    """One VLAN of another interface (IEEE 802.1Q)."""

    parent: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """`mtu`: bytes; None: what the system chooses. `physical_network`: the provider network that it carries."""

    name: str
    bond: Bond | None = None
    vlan: Vlan | None = None
    mtu: int | None = None
    addresses: tuple[IPv4Interface, ...] = ()
    gateway: IPv4Address | None = None
    uses: tuple[InterfaceUse, ...] = ()
    physical_network: str = ""
