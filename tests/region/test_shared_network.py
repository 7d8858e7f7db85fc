"""Members on one network, on a real OpenStack: the scenario dijon-lyon applied, seen by members, taken back, retired.

On the cloud of test_scenarios.py, which must find nothing of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openstack
import pytest
from demo_region import DemoRegion, make_region
from scenario_cloud import SECONDS, SHARING, catalogued, clear_region, held, on_cloud
from scenario_regions import SCENARIOS, changed, read, retire, write

pytestmark = pytest.mark.cloud
OWNER, USER, OTHER = "poste-commandement", "regie-eau", "smart-grid"
FILES = {name: f"tenants/{name}.yaml" for name in (OWNER, USER, OTHER)}


@pytest.mark.timeout(4 * SECONDS)
def test_servers_of_several_members_stand_on_one_network(scenario_base: DemoRegion, tmp_path: Path) -> None:
    """Built in order, seen by who agreed and nobody else; closed, left in order; retired together, nothing is left."""
    region = on_cloud(scenario_base, make_region(tmp_path, SCENARIOS / SHARING))
    cloud = region.connection()
    empty, bare = held(cloud), catalogued(cloud)
    try:
        apply(region)
        network = the_network(cloud)
        assert stands(cloud, "leaks-1", USER, network) == "10.1.0.20"
        assert stands(cloud, "meters-1", OTHER, network).startswith("10.1.")
        assert (network.id in seen_by_a_member(cloud, USER), network.id in seen_by_a_stranger(cloud)) == (True, False)
        assert region.plan()["steps"] == []
        refused_to_retire_at_once(region, tmp_path / "as-it-was")
        containers_closed(region)
        apply(region)
        taken_back_while_the_others_retire(region)
        report = apply(region)
        assert [one["step"] for one in report["outcomes"]][-1] == f"tenant/{OWNER}"
        assert network.id not in {one.id for one in cloud.network.networks()}
        retire(region.folder)
        apply(region)
        assert held(cloud) == empty
    finally:
        clear_region(cloud)
    assert catalogued(cloud) == bare


def apply(region: DemoRegion) -> dict[str, Any]:
    report = region.apply(seconds=SECONDS)
    assert {outcome["status"] for outcome in report["outcomes"]} == {"done"}
    return report


def the_network(cloud: Any) -> Any:
    (network,) = cloud.network.networks(name="collection")
    assert network.project_id == cloud.identity.find_project(OWNER).id
    return network


def stands(cloud: Any, server: str, tenant: str, network: Any) -> str:
    """Address of a tenant's running server on the network; its port is the tenant's."""
    (found,) = cloud.compute.servers(all_projects=True, name=server)
    assert found.status == "ACTIVE"
    (port,) = cloud.network.ports(device_id=found.id, network_id=network.id)
    assert port.project_id == found.project_id == cloud.identity.find_project(tenant).id
    return str(port.fixed_ips[0]["ip_address"])


def seen_by_a_member(cloud: Any, tenant: str) -> set[str]:
    """Networks as a user sees them who has no more than the role `member` in the tenant's project."""
    with user(cloud, cloud.identity.find_project(tenant)) as seen:
        return {network.id for network in seen.network.networks()}


def seen_by_a_stranger(cloud: Any) -> set[str]:
    project = cloud.identity.create_project(name="stranger", domain_id="default")
    try:
        with user(cloud, project) as seen:
            return {network.id for network in seen.network.networks()}
    finally:
        cloud.identity.delete_project(project)


@contextmanager
def user(cloud: Any, project: Any) -> Iterator[Any]:
    """A connection of somebody with one role in one project."""
    made = cloud.identity.create_user(name="somebody", password="by-hand", domain_id="default")
    try:
        role = cloud.identity.find_role("member")
        cloud.identity.assign_project_role_to_user(project, made, role)
        yield openstack.connect(
            auth_url=cloud.config.auth["auth_url"],
            username="somebody",
            password="by-hand",
            project_id=project.id,
            user_domain_id="default",
            region_name=cloud.config.region_name,
            load_yaml_config=False,
            load_envvars=False,
        )
    finally:
        cloud.identity.delete_user(made)


WITH_OTHER = {"tenant": OTHER, "agreement": "CONV-2026-101"}


def refused_to_retire_at_once(region: DemoRegion, before: Path) -> None:
    """All three together, while the owner's container is open for the others."""
    shutil.copytree(region.folder, before)
    retire(region.folder)
    (finding,) = (one for one in region.plan(code=1)["findings"] if one["severity"] == "error")
    assert finding["code"] == "POL108"
    assert finding["message"].endswith(f"its containers: measures ({USER}, {OTHER})")
    shutil.copytree(before, region.folder, dirs_exist_ok=True)


def containers_closed(region: DemoRegion) -> None:
    """On both sides; who shared it retires by the next change."""
    changed(region.folder, {FILES[OWNER]: {"objectContainers.0.sharedWith": []}})
    changed(region.folder, {FILES[name]: {"sharedContainers": []} for name in (USER, OTHER)})


def taken_back_while_the_others_retire(region: DemoRegion) -> None:
    """In one change the user gives up its server there, and owner and other user leave, whose sharing still stands."""
    changed(region.folder, {FILES[USER]: {"servers": [], "sharedNetworks": []}})
    changed(region.folder, {FILES[OWNER]: {"networks.0.sharedWith": [WITH_OTHER]}})
    stays = read(region.folder / FILES[USER])
    retire(region.folder)
    write(region.folder / FILES[USER], stays)
