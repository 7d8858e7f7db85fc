"""Test hosts have the machines of the specs: names, addresses, network cards and what these are plugged into."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Interface
from pathlib import Path

from orchestrator.model.interface import Bond, Interface, InterfaceUse, Vlan
from orchestrator.model.site import Host
from orchestrator.model.specs import Specs
from orchestrator.wiring.lab_hosts import shape_of
from orchestrator.wiring.specs import validated

INVENTORY = Path(__file__).parents[3] / "inventory"


def specs_of(region: str) -> Specs:
    specs = validated(INVENTORY / region).specs
    assert specs is not None
    return specs


def with_host(host: Host) -> Specs:
    specs = specs_of("metal")
    return replace(specs, hosts={host.name: host})


def test_machine_is_what_the_host_says() -> None:
    """Its address for management on the first card, hardware addresses, a switch for each network."""
    shape = shape_of(specs_of("metal"))
    assert [(one.name, one.address) for one in shape.machines] == [
        ("nord-1", "10.77.0.11/24"),
        ("nord-2", "10.77.0.21/24"),
        ("sud-1", "10.77.0.22/24"),
    ]
    first, second = shape.machines[0].nics
    assert (first.name, first.switch, first.mac) == ("eno1", "management", "02:00:00:01:11:01")
    assert (second.name, second.switch) == ("eno2", "10.78.0.0/24")
    assert shape.names == (("api.metal.example", "10.77.0.10"),)


def test_hosts_that_say_no_interfaces_stand_in_a_row() -> None:
    """A region that somebody else installs can be tried as well."""
    shape = shape_of(specs_of("demo"))
    assert [one.name for one in shape.machines] == list(specs_of("demo").hosts)
    assert len({one.address for one in shape.machines}) == len(shape.machines)


def test_bond_and_vlan_are_made_later() -> None:
    """The bare machine has its address on the bond's first card; all its cards are on management's switch."""
    base = specs_of("metal").hosts["nord-1"]
    cards = tuple(replace(base.nics[0], name=name, mac="02:00:00:00:00:01") for name in ("eno3", "eno1", "eno2"))
    host = replace(
        base,
        nics=cards,
        interfaces=(
            Interface(name="bond0", bond=Bond(members=("eno1", "eno2"))),
            Interface(
                name="bond0.7",
                vlan=Vlan(parent="bond0", id=7),
                addresses=(IPv4Interface("10.0.7.5/24"),),
                uses=(InterfaceUse.MANAGEMENT, InterfaceUse.TUNNEL),
            ),
            Interface(name="eno3", physical_network="physnet1"),
        ),
    )
    (machine,) = shape_of(with_host(host)).machines
    assert machine.address == "10.0.7.5/24"
    assert [(nic.name, nic.switch) for nic in machine.nics] == [
        ("eno1", "management"),
        ("eno3", "physnet1"),
        ("eno2", "management"),
    ]
