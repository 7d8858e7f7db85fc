"""A tenant that gives back capacity on a real cloud: quotas and what they count go in one run."""

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


def tenant(size: int) -> Program:
    """A project that may have `size` networks and volumes, and has them."""

    def program() -> None:
        project = openstack.identity.Project("p", name="shrink-p1")
        role, admin = openstack.identity.get_role(name="admin"), openstack.identity.get_user(name="admin")
        granted = openstack.identity.RoleAssignment("ra", project_id=project.id, user_id=admin.id, role_id=role.id)
        limits = [
            openstack.networking.QuotaV2("nq", project_id=project.id, network=size),
            openstack.blockstorage.QuoteSetV3("bq", project_id=project.id, volumes=size, gigabytes=size),
        ]
        inside = openstack.Provider("inside", tenant_id=project.id)
        options = pulumi.ResourceOptions(provider=inside, depends_on=[granted, *limits])
        for index in range(size):
            openstack.networking.Network(f"n{index}", name=f"shrink-n{index}", opts=options)
            openstack.blockstorage.Volume(f"v{index}", name=f"shrink-v{index}", size=1, opts=options)

    return program


def test_a_tenant_shrinks_in_one_run(tmp_path: Path, cloud: RunningCloud) -> None:
    """Neutron is forced, Cinder is asked again after the deletions; a second run has nothing to do."""
    command = EmbeddedCommand(OpenStackProvider())

    def at(size: int) -> auto.Stack:
        return stack(tmp_path, cloud, command, tenant(size))

    try:
        at(2).up()
        assert at(1).up().summary.resource_changes == {"same": 6, "update": 2, "delete": 2}
        assert at(1).up(refresh=True).summary.resource_changes == {"same": 8}
    finally:
        at(1).destroy()
