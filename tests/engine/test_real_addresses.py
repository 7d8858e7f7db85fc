"""Networks that change while something stands on them, on a real cloud."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Program
from engine_real import stack
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud.provider import OpenStackProvider

if TYPE_CHECKING:
    from cloud_fixture import RunningCloud

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


def routed(addresses: list[dict[str, str]]) -> Program:
    """A network with a way out, and a port on it that a floating IP leads to."""

    def program() -> None:
        outside = openstack.networking.Network("outside", name="moved-outside", external=True)
        pool = openstack.networking.Subnet("outside", name="moved", network_id=outside.id, cidr="203.0.115.0/24")
        way_out = pulumi.ResourceOptions(depends_on=[pool])
        router = openstack.networking.Router("r", name="moved", external_network_id=outside.id, opts=way_out)
        network = openstack.networking.Network("lan", name="moved")
        subnet = openstack.networking.Subnet("lan", name="moved", network_id=network.id, cidr="10.71.0.0/24")
        leg = openstack.networking.RouterInterface("lan", router_id=router.id, subnet_id=subnet.id)
        fixed = [{"subnet_id": subnet.id, **address} for address in addresses]
        port = openstack.networking.Port("p", name="moved", network_id=network.id, fixed_ips=fixed)
        led = pulumi.ResourceOptions(depends_on=[leg])
        openstack.networking.FloatingIp("f", pool="moved-outside", port_id=port.id, opts=led)

    return program


def test_an_address_under_a_floating_ip_is_changed(tmp_path: Path, cloud: RunningCloud) -> None:
    """Neutron refuses to take it away: the floating IP is led to the new one before. Nothing is left to do then."""
    command = EmbeddedCommand(OpenStackProvider())

    def at(*addresses: str) -> auto.Stack:
        return stack(tmp_path, cloud, command, routed([{"ip_address": one} if one else {} for one in addresses]))

    try:
        at("10.71.0.10").up()
        before = _floating_ip(cloud)
        for addresses, expected in (
            (("10.71.0.20",), "10.71.0.20"),
            (("10.71.0.30", "10.71.0.20"), "10.71.0.20"),  # the one it leads to stays
            (("10.71.0.30",), "10.71.0.30"),
        ):
            assert at(*addresses).up().summary.resource_changes == {"same": 8, "update": 1}
            found = _floating_ip(cloud)
            assert (found["id"], found["fixed_ip_address"]) == (before["id"], expected)
            assert at(*addresses).preview().change_summary == {auto.OpType.SAME: 9}
    finally:
        at("10.71.0.10").destroy()


def _floating_ip(cloud: RunningCloud) -> dict[str, Any]:
    session = OpenStackProvider().session({}, cloud.environment)
    found = session._connection.send("network", "GET", "floatingips").body["floatingips"]
    (one,) = [body for body in found if body["floating_ip_address"].startswith("203.0.115.")]
    return dict(one)


def named(name: str) -> Program:
    """A network of that name on a router; "" for the router alone."""

    def program() -> None:
        router = openstack.networking.Router("r", name="renamed")
        if name:
            network = openstack.networking.Network(name, name="renamed")
            subnet = openstack.networking.Subnet(name, name="renamed", network_id=network.id, cidr="10.72.0.0/24")
            openstack.networking.RouterInterface(name, router_id=router.id, subnet_id=subnet.id)

    return program


def test_a_renamed_network_is_refused_in_the_plan(tmp_path: Path, cloud: RunningCloud) -> None:
    """Before anything is begun, with the way that does work: take it away first, in a run of its own."""
    command = EmbeddedCommand(OpenStackProvider())

    def at(name: str) -> auto.Stack:
        return stack(tmp_path, cloud, command, named(name))

    try:
        at("lan").up()
        with pytest.raises(auto.CommandError, match=r"10\.72\.0\.0/24 of 'lan' is on it") as caught:
            at("wan").preview()
        assert "If 'lan' was renamed 'wan', let it keep its name" in str(caught.value)
        assert at("").up().summary.resource_changes == {"same": 2, "delete": 3}
        assert at("wan").up().summary.resource_changes == {"same": 2, "create": 3}
        assert at("wan").preview().change_summary == {auto.OpType.SAME: 5}
    finally:
        at("").destroy()
