"""Quotas against a real OpenStack: what is read in bulk and in turns is what each service says of each project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from cloud_fixture import RunningCloud
from openstack.connection import Connection

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.model.quota import COMPUTE, NETWORK, VOLUME
from orchestrator.model.snapshot import COMPUTE_QUOTA, NETWORK_QUOTA, QUOTA_PARTS, VOLUME_QUOTA, InventorySnapshot

pytestmark = pytest.mark.cloud

TIER = "quota-tier"
OF_A_TYPE = "gigabytes_"  # and the type's name; a list of types would lack the private ones


@pytest.fixture(scope="module")
def projects(admin: Connection) -> Iterator[list[str]]:
    """One project with quotas of its own in all services, one without limits in Nova, one with the defaults."""
    with ExitStack() as undo:
        tier = admin.block_storage.create_type(name=TIER)
        undo.callback(admin.block_storage.delete_type, tier)
        made = []
        for number in range(3):
            project = admin.identity.create_project(name=f"quota-{number}", domain_id="default")
            undo.callback(admin.identity.delete_project, project)
            made.append(str(project.id))
        admin.compute.update_quota_set(made[0], cores=7, ram=4096, instances=3)
        admin.compute.update_quota_set(made[1], cores=-1)
        volume = {"gigabytes": 70, f"gigabytes_{TIER}": 30}
        admin.block_storage.put(f"/os-quota-sets/{made[0]}", json={"quota_set": volume}).raise_for_status()
        admin.network.update_quota(made[0], floating_ips=2, ports=40)
        undo.callback(admin.network.delete_quota, made[0])
        yield made


def read(cloud: RunningCloud) -> InventorySnapshot:
    door = open_door(cloud.reader_name, {"OS_CLIENT_CONFIG_FILE": str(cloud.clouds_yaml)})
    return OpenStackInventory(door, SystemClock(), patience=120).read()


def by_part(snapshot: InventorySnapshot, part: str) -> dict[str, dict[str, int]]:
    return {one.project_id: dict(one.limits) for one in snapshot.quotas if one.part == part}


def test_quotas_are_those_that_each_service_says_of_each_project(
    cloud: RunningCloud, admin: Connection, projects: list[str]
) -> None:
    """Every limit of every project, asked one by one by the administrator; read by the credential that only reads."""
    snapshot = read(cloud)
    assert [(one.part, one.error) for one in snapshot.health if not one.up] == []
    found = {part: by_part(snapshot, part) for part in QUOTA_PARTS}
    everyone = {one.id for one in admin.identity.projects()}
    assert {part: set(limits) for part, limits in found.items()} == dict.fromkeys(QUOTA_PARTS, everyone)
    for project in everyone:
        for part, slow in _slowly(admin, project).items():
            assert found[part][project] == slow, (part, project)
    own, unlimited, _ = projects
    assert found[COMPUTE_QUOTA][own]["memoryMiB"] == 4096
    assert found[COMPUTE_QUOTA][unlimited]["vcpus"] == -1
    assert found[VOLUME_QUOTA][own][f"storageGiB:{TIER}"] == 30
    assert found[NETWORK_QUOTA][own]["floatingIPs"] == 2


def _slowly(admin: Connection, project: str) -> dict[str, dict[str, int]]:
    """The services' own answers for one project, through the SDK's session."""
    compute = admin.compute.get(f"/os-quota-sets/{project}").json()["quota_set"]
    volume = admin.block_storage.get(f"/os-quota-sets/{project}").json()["quota_set"]
    network = admin.network.get(f"/quotas/{project}").json()["quota"]
    tiers = {f"storageGiB:{key[len(OF_A_TYPE) :]}": volume[key] for key in volume if key.startswith(OF_A_TYPE)}
    return {
        COMPUTE_QUOTA: {ours: compute[theirs] for ours, theirs in COMPUTE.items()},
        VOLUME_QUOTA: {ours: volume[theirs] for ours, theirs in VOLUME.items()} | tiers,
        NETWORK_QUOTA: {ours: network[theirs] for ours, theirs in NETWORK.items()},
    }


def test_limits_registered_in_keystone_that_nova_does_not_use_change_nothing(
    cloud: RunningCloud, admin: Connection, projects: list[str]
) -> None:
    """Nova keeps its own quotas here: its word stands against Keystone's, for all projects."""
    before = by_part(read(cloud), COMPUTE_QUOTA)
    with ExitStack() as undo:
        nova = admin.identity.find_service("nova", ignore_missing=False)
        for name in ("servers", "class:VCPU", "class:MEMORY_MB"):
            _limited(admin, undo, nova.id, name, projects)
        assert by_part(read(cloud), COMPUTE_QUOTA) == before


def _limited(admin: Connection, undo: ExitStack, service: Any, name: str, projects: list[str]) -> None:
    registered = admin.identity.create_registered_limit(service_id=service, resource_name=name, default_limit=1)
    undo.callback(admin.identity.delete_registered_limit, registered)
    for project in projects:
        limit = admin.identity.create_limit(
            service_id=service, resource_name=name, resource_limit=2, project_id=project
        )
        undo.callback(admin.identity.delete_limit, limit)
