"""What keeps a subnet from going before its successor comes: addresses of what stays."""

from typing import Any

import pytest

from orchestrator.engine.cloud.holds import INSTANCE, PORT, held
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.provider import Foreseeing, Planned

SUBNET = "openstack:networking/subnet:Subnet"


def _planned(kind: str, name: str, **outputs: Any) -> Planned:
    return Planned(urn=f"urn:{name}", name=name, kind=kind, id=name, inputs={}, outputs=outputs, sources={})


def _port(address: str, network: str = "n") -> Planned:
    return _planned(PORT, "web", networkId=network, allFixedIps=[address])


def _server(**link: str) -> Planned:
    return _planned(INSTANCE, "files", networks=[{"uuid": "n", **link}])


LAN = _planned(SUBNET, "lan", networkId="n", cidr="10.0.0.0/24")


def test_the_provider_is_asked() -> None:
    """The deployment core asks whoever can tell."""
    assert isinstance(OpenStackProvider(), Foreseeing)


@pytest.mark.parametrize(
    ("staying", "name"), [(_port("10.0.0.7"), "port 'web'"), (_server(fixedIpV4="10.0.0.8"), "server 'files'")]
)
def test_an_address_that_stays_is_told(staying: Planned, name: str) -> None:
    """By whom it is held, and what to do about it."""
    found = OpenStackProvider().held([LAN], [staying])

    assert list(found) == ["urn:lan"]
    assert f"10.0.0.0/24 cannot be deleted before a new one is made: {name} would still" in found["urn:lan"]
    assert "delete_before_replace=False" in found["urn:lan"]


@pytest.mark.parametrize(
    "staying",
    [
        _port("10.0.1.7"),
        _port("10.0.0.7", network="other"),
        _server(fixedIpV4="10.0.0.8", port="p"),
        _server(),
        _planned(PORT, "bare", networkId="n"),
        _planned("openstack:networking/router:Router", "r"),
    ],
)
def test_what_stands_elsewhere_holds_nothing(staying: Planned) -> None:
    """Another subnet or network; a server's address by way of a port is the port's."""
    assert held([LAN], [staying]) == {}


def test_a_subnet_that_was_never_whole_is_held_by_nothing() -> None:
    """Without a range on record there is nothing to compare."""
    assert held([_planned(SUBNET, "lan")], [_port("10.0.0.7")]) == {}
