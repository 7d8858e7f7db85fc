"""Inputs as programs give them, completed and judged."""

import re
from typing import Any

import pytest

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.provider import UNKNOWN

NETWORK = "openstack:networking/network:Network"
SUBNET = "openstack:networking/subnet:Subnet"
PORT = "openstack:networking/port:Port"

MISTAKES: dict[str, tuple[str, dict[str, Any], str]] = {
    "unknown": (NETWORK, {"decription": "x"}, "decription is no property of this type; did you mean description?"),
    "required": (SUBNET, {"name": "s"}, "networkId is required"),
    "required, nested": (PORT, {"networkId": "n", "extraDhcpOptions": [{"name": "x"}]},
                         "extraDhcpOptions[0].value is required"),
    "number": (NETWORK, {"mtu": "large"}, "mtu must be a number"),
    "whole number": (NETWORK, {"mtu": 1.5}, "mtu must be a whole number"),
    "truth": (NETWORK, {"shared": "perhaps"}, "shared must be true or false"),
    "list": (NETWORK, {"tags": "a"}, "tags must be a list"),
    "text": (NETWORK, {"tags": [["a"]]}, "tags[0] must be a text"),
    "map": (NETWORK, {"valueSpecs": ["a"]}, "valueSpecs must be a map"),
    "object": (PORT, {"networkId": "n", "binding": "x"}, "binding must be an object"),
    "conflict": (SUBNET, {"networkId": "n", "noGateway": True, "gatewayIp": "10.0.0.1"},
                 "gatewayIp conflicts with noGateway: give one of them"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_said_with_its_place(mistake: str) -> None:
    """One mistake, one failure, that names the property."""
    kind, inputs, expected = MISTAKES[mistake]

    assert OpenStackProvider().check(kind, "x", inputs).failures == (expected,)


def test_all_mistakes_are_said_at_once() -> None:
    """A program with three mistakes is told of three."""
    failures = OpenStackProvider().check(SUBNET, "x", {"nme": "s", "ipVersion": "six"}).failures

    assert len(failures) == 3


def test_defaults_are_filled_in_and_named() -> None:
    """Only defaults that say something; nested ones beside their objects."""
    inputs = {"networkId": "n", "name": "p", "extraDhcpOptions": [{"name": "mtu", "value": "1400"}]}

    checked = OpenStackProvider().check(PORT, "x", inputs)

    assert checked.failures == ()
    assert checked.inputs["__defaults"] == []
    option = {"name": "mtu", "value": "1400", "ipVersion": 4, "__defaults": ["ipVersion"]}
    assert checked.inputs["extraDhcpOptions"] == [option]
    subnet = OpenStackProvider().check(SUBNET, "x", {"networkId": "n", "name": "s"}).inputs
    assert subnet["__defaults"] == ["enableDhcp", "ipVersion"]
    assert "noGateway" not in subnet


def test_a_name_that_is_left_out_is_made_from_the_logical_one() -> None:
    """Seven hexadecimal digits behind it; the name is recorded as a default."""
    checked = OpenStackProvider().check(NETWORK, "blue", {})

    assert re.fullmatch(r"blue-[0-9a-f]{7}", checked.inputs["name"])
    assert checked.inputs["__defaults"] == ["name"]


def test_what_is_not_known_yet_is_taken_as_it_is() -> None:
    """In a preview a value, a whole list or an element may be unknown."""
    inputs = {"networkId": UNKNOWN, "name": UNKNOWN, "fixedIps": [UNKNOWN, {"subnetId": UNKNOWN}], "tags": UNKNOWN}

    checked = OpenStackProvider().check(PORT, "x", inputs)

    assert checked.failures == ()
    assert checked.inputs["networkId"] is UNKNOWN


def test_null_counts_as_absent() -> None:
    """The wire may hold nulls: they are no values."""
    checked = OpenStackProvider().check(NETWORK, "x", {"name": "n", "mtu": None})

    assert "mtu" not in checked.inputs
