"""The same course with the real provider against the embedded OpenStack: nothing here is pretended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_real import stack
from pulumi import automation as auto

if TYPE_CHECKING:
    from cloud_fixture import RunningCloud
    from engine_kind import Engine

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.timeout(900),  # the official engine starts a process a command
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


def tenant(cidr: str, description: str, port: int) -> None:
    """A project with its administrator, quotas, and a network built in it through a provider scoped to it."""
    project = openstack.identity.Project("p", name="core-p1", description=description)
    openstack.identity.User("u", name="core-u1", password="pw-canary", default_project_id=project.id)
    openstack.compute.QuotaSetV2("cq", project_id=project.id, cores=10, ram=10240, instances=10)
    role, admin = openstack.identity.get_role(name="admin"), openstack.identity.get_user(name="admin")
    granted = openstack.identity.RoleAssignment("ra", project_id=project.id, user_id=admin.id, role_id=role.id)
    inside = openstack.Provider("inside", tenant_id=project.id)
    options = pulumi.ResourceOptions(provider=inside, depends_on=[granted])
    network = openstack.networking.Network("n", name="core-n1", opts=options)
    subnet = openstack.networking.Subnet(
        "s", name="core-s1", network_id=network.id, cidr=cidr, ip_version=4, opts=options
    )
    router = openstack.networking.Router("r", name="core-r1", opts=options)
    openstack.networking.RouterInterface("i", router_id=router.id, subnet_id=subnet.id, opts=options)
    group = openstack.networking.SecGroup("g", name="core-g1", opts=options)
    openstack.networking.SecGroupRule(
        "rule",
        direction="ingress",
        ethertype="IPv4",
        protocol="tcp",
        port_range_min=port,
        port_range_max=port,
        security_group_id=group.id,
        opts=options,
    )
    pulumi.export("project", project.id)
    pulumi.export("tenant", group.tenant_id)


def first() -> None:
    tenant("10.9.0.0/24", "d", 22)


def second() -> None:
    tenant("10.9.1.0/24", "e", 443)


def test_a_tenant_from_nothing_and_back(tmp_path: Path, cloud: RunningCloud, engine: Engine) -> None:
    """Create, nothing to do, refresh, change with replacements, nothing to do, destroy."""

    def at(program: auto.PulumiFn) -> auto.Stack:
        return stack(tmp_path, cloud, engine.command, program, engine.environment)

    try:
        made = at(first).up()
        assert made.summary.resource_changes == {"create": 12}
        assert made.outputs["tenant"].value == made.outputs["project"].value
        assert at(first).up().summary.resource_changes == {"same": 12}
        assert at(first).refresh().summary.resource_changes == {"same": 12}
        changed = {"same": 8, "update": 1, "replace": 3}
        assert {str(getattr(k, "value", k)): n for k, n in at(second).preview().change_summary.items()} == changed
        assert at(second).up().summary.resource_changes == changed
        assert at(second).up(refresh=True).summary.resource_changes == {"same": 12}
    finally:
        assert at(second).destroy().summary.resource_changes == {"delete": 12}
    written = [path for path in (tmp_path / "backend").rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if b"pw-canary" in path.read_bytes()]
