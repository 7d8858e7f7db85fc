"""Programs that raise, and look-ups that find nothing; what an operation tells of them."""

from __future__ import annotations

import contextlib

import pulumi_openstack as openstack
import pytest
from pulumi import automation as auto


def raising() -> None:
    openstack.networking.Network("n", name="n1")
    raise ValueError("no such tenant: blue")


def looking_up() -> None:
    """The plain form: raises in the program itself, with registrations still open."""
    for index in range(12):
        openstack.networking.Network(f"n{index}", name=f"n{index}")
    openstack.networking.get_network(name="nowhere")


def looking_up_later() -> None:
    """The output form, many at once: whichever answer the program meets first, the cause is the look-up."""
    for index in range(12):
        network = openstack.networking.Network(f"n{index}", name=f"n{index}")
        found = openstack.networking.get_network_output(name="nowhere")
        subnet = openstack.networking.Subnet(
            f"s{index}", name=f"s{index}", network_id=found.id, cidr="10.0.0.0/24", ip_version=4
        )
        openstack.networking.Subnet(f"t{index}", name=subnet.name, network_id=network.id, cidr="10.1.0.0/24")


def catching() -> None:
    """What a careless program does, and one that would look up or make."""
    with contextlib.suppress(Exception):
        openstack.networking.get_network(name="nowhere")


def getting() -> None:
    """`Type.get` of ids that nobody knows, with resources that stand on them."""
    for index in range(6):
        network = openstack.networking.Network.get(f"n{index}", f"no-such-{index}")
        openstack.networking.Subnet(f"s{index}", network_id=network.id, cidr="10.0.0.0/24", name=network.name)


def errors(stack: auto.Stack) -> tuple[list[str], auto.CommandError]:
    """The error diagnostics of an up that fails, and what the SDK makes of it."""
    events: list[auto.EngineEvent] = []
    with pytest.raises(auto.CommandError) as caught:
        stack.up(on_event=events.append)
    told = [event.diagnostic_event for event in events if event.diagnostic_event]
    return [one.message for one in told if one.severity == "error"], caught.value
