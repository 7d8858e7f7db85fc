"""Another range for a network that something stands on, on a real cloud."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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


def lan(cidr: str, *, delete_first: bool | None = None) -> Program:
    """A network with a port on it and a way to a router."""

    def program() -> None:
        network = openstack.networking.Network("n", name="ranged")
        order = pulumi.ResourceOptions(delete_before_replace=delete_first)
        subnet = openstack.networking.Subnet("s", name="ranged", network_id=network.id, cidr=cidr, opts=order)
        router = openstack.networking.Router("r", name="ranged")
        openstack.networking.RouterInterface("i", router_id=router.id, subnet_id=subnet.id)
        openstack.networking.Port("p", name="ranged", network_id=network.id, fixed_ips=[{"subnet_id": subnet.id}])

    return program


def test_a_range_changes_beside_the_old_one_or_not_at_all(tmp_path: Path, cloud: RunningCloud) -> None:
    """Where the old subnet would go first, the port on it is told, and nothing is begun; else everything moves."""
    command = EmbeddedCommand(OpenStackProvider())

    def at(program: Program) -> auto.Stack:
        return stack(tmp_path, cloud, command, program)

    try:
        at(lan("10.73.0.0/24")).up()
        before = _ids(at(lan("10.73.0.0/24")))
        for act in (auto.Stack.preview, auto.Stack.up):
            with pytest.raises(auto.CommandError, match="port 'p' would still have an address in it"):
                act(at(lan("10.74.0.0/24")))
        assert _ids(at(lan("10.73.0.0/24"))) == before
        assert at(lan("10.73.0.0/24")).up(refresh=True).summary.resource_changes == {"same": 6}
        with pytest.raises(
            auto.CommandError, match=r"10\.73\.0\.0/23 of 's' cannot be made while 10\.73\.0\.0/24 of 's' is"
        ):
            at(lan("10.73.0.0/23", delete_first=False)).preview()
        moved = lan("10.74.0.0/24", delete_first=False)
        assert at(moved).up().summary.resource_changes == {"same": 3, "replace": 2, "update": 1}
        assert at(moved).up(refresh=True).summary.resource_changes == {"same": 6}
    finally:
        at(lan("10.74.0.0/24")).destroy()


def _ids(stack_: auto.Stack) -> dict[str, str]:
    return {one["urn"]: one.get("id", "") for one in stack_.export_stack().deployment["resources"]}
