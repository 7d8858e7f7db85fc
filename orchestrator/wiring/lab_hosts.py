"""Test hosts in the shape of a region: one machine for each Host spec, with its addresses and network cards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lab.hosts.hosts import Hosts
from lab.hosts.launch import Launch
from lab.hosts.readiness import ssh
from lab.hosts.shape import MANAGEMENT, HostsShape, Machine, Nic, numbered
from lab.hosts.status import HostsStatus
from orchestrator.model.interface import Interface, InterfaceUse
from orchestrator.model.site import Host
from orchestrator.model.specs import Specs

__all__ = ["Hosts", "HostsStatus", "Launch", "hosts_of", "shape_of", "ssh"]

_SPARE = "spare"


def hosts_of(directory: Path, specs: Specs | None = None) -> Hosts:
    """The test hosts of a directory; without specs in the shape that they remember."""
    return Hosts(directory=directory, shape=shape_of(specs) if specs else None)


def shape_of(specs: Specs) -> HostsShape:
    """One machine a host, bare but for its address for management; in a row where hosts say no interfaces."""
    installation = specs.region.installation
    if installation is None:
        return numbered(tuple(specs.hosts))
    plane = installation.control_plane
    machines = tuple(_machine(host) for host in specs.hosts.values())
    return HostsShape(machines=machines, names=((plane.name, str(plane.address)),))


def _machine(host: Host) -> Machine:
    """Its first network card is the one that carries management, or will once bonds and VLANs are made."""
    management = host.interface_for(InterfaceUse.MANAGEMENT)
    if management is None:  # references refuse it
        raise ValueError(host.name)
    first = next(_cards(management, host))
    names = sorted((nic.name for nic in host.nics), key=lambda name: name != first)
    macs = {nic.name: nic.mac for nic in host.nics}
    nics = tuple(Nic(name=name, switch=_switch(name, host, management), mac=macs[name]) for name in names)
    return Machine(name=host.name, address=str(management.addresses[0]), nics=nics)


def _switch(nic: str, host: Host, management: Interface) -> str:
    """What its cable leads to: management's switch, one for each other network, one for each provider network."""
    carried = [one for one in host.interfaces if nic in _cards(one, host)]
    if management in carried:
        return MANAGEMENT
    found = (str(one.addresses[0].network) if one.addresses else one.physical_network for one in carried)
    return next(filter(None, found), _SPARE)


def _cards(interface: Interface, host: Host) -> Iterator[str]:
    """The network cards below an interface: itself, a bond's, those of a VLAN's parent."""
    if interface.bond:
        yield from interface.bond.members
    elif interface.vlan:
        parents = {one.name: one for one in host.interfaces}
        parent = interface.vlan.parent
        yield from _cards(parents[parent], host) if parent in parents else (parent,)
    else:
        yield interface.name
