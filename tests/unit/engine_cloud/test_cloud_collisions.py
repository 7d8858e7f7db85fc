"""A network that got another name in the program: two interfaces with one range on one router."""

from typing import Any

import pytest

from orchestrator.engine.cloud.collisions import INTERFACE, SUBNET, foreseen
from orchestrator.engine.provider import UNKNOWN, Planned


def _subnet(name: str, cidr: Any, *, made: bool) -> Planned:
    return Planned(
        urn=f"urn:{name}",
        name=name,
        kind=SUBNET,
        id=name if made else "",
        inputs={"cidr": cidr},
        outputs={},
        sources={},
    )


def _interface(name: str, subnet: str, router: str, *, made: bool) -> Planned:
    """`router`: the id of one that stands, "" for one that is still to be made."""
    known = {"subnetId": subnet, "routerId": router} if made else {}
    return Planned(
        urn=f"urn:interface-{name}",
        name=name,
        kind=INTERFACE,
        id=name if made else "",
        inputs=known or {"subnetId": UNKNOWN, "routerId": router or UNKNOWN},
        outputs=known,
        sources={"subnetId": f"urn:{subnet}"},
    )


def _foreseen(cidr: Any, router: str = "r") -> dict[str, str]:
    old, new = _interface("lan", "lan", "r", made=True), _interface("wan", "wan", router, made=False)
    everything = [old, new, _subnet("lan", "10.0.0.0/24", made=True), _subnet("wan", cidr, made=False)]
    return foreseen([new], [old], everything)


@pytest.mark.parametrize("cidr", ["10.0.0.0/24", "10.0.0.128/25", "10.0.0.0/16"])
def test_a_range_that_is_still_on_the_router_is_told(cidr: str) -> None:
    """By the interface that cannot be made, with what to do about it."""
    (message,) = _foreseen(cidr).values()

    assert list(_foreseen(cidr)) == ["urn:interface-wan"]
    assert message.startswith(f"{cidr} cannot be led to the router while 10.0.0.0/24 of 'lan' is on it")
    assert "If 'lan' was renamed 'wan'" in message


@pytest.mark.parametrize(
    ("cidr", "router"), [("10.0.1.0/24", "r"), ("2001:db8::/64", "r"), (UNKNOWN, "r"), (None, "r"),
                         ("10.0.0.0/24", "other"), ("10.0.0.0/24", "")]
)  # fmt: skip
def test_what_may_well_succeed_is_not_told(cidr: Any, router: str) -> None:
    """Another range, one that is not known yet, another router, or one that is still to be made."""
    assert _foreseen(cidr, router) == {}


def _beside(network: str, cidr: Any) -> dict[str, str]:
    """A subnet that comes before the one that it replaces goes."""
    old = Planned(urn="urn:lan", name="lan", kind=SUBNET, id="old", inputs={},
                  outputs={"networkId": "n", "cidr": "10.0.0.0/24"}, sources={})  # fmt: skip
    new = Planned(urn="urn:lan", name="lan", kind=SUBNET, id="",
                  inputs={"networkId": network, "cidr": cidr}, outputs={}, sources={})  # fmt: skip
    return foreseen([new], [old], [old, new])


def test_a_range_beside_the_one_that_it_replaces_is_told() -> None:
    """Neutron lets no two ranges of a network overlap."""
    (message,) = _beside("n", "10.0.0.0/23").values()

    assert message.startswith("10.0.0.0/23 of 'lan' cannot be made while 10.0.0.0/24 of 'lan' is on the same network")


@pytest.mark.parametrize(("network", "cidr"), [("n", "10.0.2.0/24"), ("other", "10.0.0.0/24"), ("n", UNKNOWN)])
def test_ranges_that_may_stand_side_by_side_are_not_told(network: str, cidr: Any) -> None:
    """Apart, on another network, or not known yet."""
    assert _beside(network, cidr) == {}
