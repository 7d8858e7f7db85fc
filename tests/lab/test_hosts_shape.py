"""Test hosts are refused before anything is made, in words that say what to change."""

import json

import pytest

from lab.errors import ShapeError
from lab.hosts.shape import HostsShape, Machine, Nic, numbered


def test_machines_without_specs_stand_in_a_row() -> None:
    """Addresses one after the other, one network for all, its first address for the package cache."""
    shape = numbered(("a", "b"))
    assert [machine.address for machine in shape.machines] == ["10.77.0.11/24", "10.77.0.12/24"]
    assert (str(shape.cache_address), shape.switches) == ("10.77.0.1/24", ("management", "tunnel"))


def test_cache_takes_an_address_that_nobody_has() -> None:
    """Neither a machine nor a name that visitors know."""
    machines = (Machine(name="a", address="10.0.0.1/29"), Machine(name="b", address="10.0.0.3/29"))
    assert str(HostsShape(machines=machines, names=(("api", "10.0.0.2"),)).cache_address.ip) == "10.0.0.4"


def test_shape_is_remembered_whole() -> None:
    """As JSON and back, it is the same."""
    nics = (Nic(name="eno1", mac="02:00:00:00:00:01"), Nic(name="eno2", switch="storage"))
    shape = HostsShape(machines=(Machine(name="a", address="10.0.0.1/24", nics=nics),), names=(("api", "10.0.0.9"),))
    assert HostsShape.from_json(json.loads(json.dumps(shape.to_json()))) == shape


@pytest.mark.parametrize(
    ("machines", "said"),
    [
        ((), "there is no machine"),
        ((Machine(name="A b", address="10.0.0.1/24"),), "no host name"),
        ((Machine(name="a", address="10.0.0.300/24"),), "which is none"),
        ((Machine(name="a", address="10.0.0.0/24"),), "no address of a machine"),
        ((Machine(name="a", address="10.0.0.1/32"),), "no address of a machine"),
        ((Machine(name="a", address="10.0.0.1/24"), Machine(name="a", address="10.0.0.2/24")), "name a stands twice"),
        ((Machine(name="a", address="10.0.0.1/24"), Machine(name="b", address="10.0.0.1/24")), "10.0.0.1 stands twice"),
        ((Machine(name="a", address="10.0.0.1/24"), Machine(name="b", address="10.0.1.1/24")), "of several networks"),
        ((Machine(name="a", address="10.0.0.1/24", nics=()),), "network cards none"),
        ((Machine(name="a", address="10.0.0.1/24", nics=(Nic(name="x" * 16),)),), "network cards xxx"),
        ((Machine(name="a", address="10.0.0.1/24", nics=(Nic(name="eno1", mac="02:00"),)),), "no hardware address"),
    ],
)
def test_what_cannot_be_built_is_refused(machines: tuple[Machine, ...], said: str) -> None:
    """With the machine's name and what to do."""
    with pytest.raises(ShapeError, match=said) as caught:
        HostsShape(machines=machines)
    assert caught.value.what_to_do


def test_network_without_room_is_refused() -> None:
    """The package cache needs an address too."""
    shape = HostsShape(machines=(Machine(name="a", address="10.0.0.1/30"), Machine(name="b", address="10.0.0.2/30")))
    with pytest.raises(ShapeError, match="no address left"):
        _ = shape.cache_address
