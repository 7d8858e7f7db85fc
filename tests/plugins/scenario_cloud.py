"""One cloud for scenarios, one after the other; what it holds, counted through its API; the end of a region's step."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from demo_region import DemoRegion, make_region
from scenario_regions import NAMES, shape_of_all

ALWAYS = ("catalunya", "cloudwatt", "drancy")
"""Those that are least alike: zones kept apart, storage and containers alone, hosts that a member lends."""
SHARING = "dijon-lyon"
"""Members on one network: it has a test of its own, which does all that is done to the others, and more."""
CHOSEN = tuple(name for name in NAMES if name != SHARING) if os.environ.get("MUTUALIS_ALL_SCENARIOS") else ALWAYS
"""CI has no time for all of them."""
APPROVED = {
    "governance": {"MUTUALIS_ROLES": "rssi=alice;operator=dave;dpo=erin", "MUTUALIS_REVIEWED_BY": "alice,dave,erin"}
}
"""Who has approved everything, where a scenario asks for it."""
SECONDS = 900  # of one command, on a machine that may be loaded

Connection = Any
_OF_MEMBERS: dict[str, Callable[[Connection], Iterable[Any]]] = {
    "projects": lambda cloud: cloud.identity.projects(),
    "groups": lambda cloud: cloud.identity.groups(),
    "role assignments": lambda cloud: cloud.identity.role_assignments(),
    "keypairs": lambda cloud: cloud.compute.keypairs(),
    "server groups": lambda cloud: cloud.compute.server_groups(all_projects=True),
    "servers": lambda cloud: cloud.compute.servers(all_projects=True),
    "volumes": lambda cloud: cloud.block_storage.volumes(all_projects=True),
    "snapshots": lambda cloud: cloud.block_storage.snapshots(all_projects=True),
    "routers": lambda cloud: cloud.network.routers(),
    "ports": lambda cloud: cloud.network.ports(),
    "openings of networks": lambda cloud: cloud.network.rbac_policies(action="access_as_shared"),
    "floating ips": lambda cloud: cloud.network.ips(),
    "security groups": lambda cloud: cloud.network.security_groups(),
    "inner networks": lambda cloud: [one for one in cloud.network.networks() if not one.is_router_external],
}
_OF_REGION: dict[str, Callable[[Connection], Iterable[Any]]] = {
    "subnets": lambda cloud: cloud.network.subnets(),
    "networks": lambda cloud: cloud.network.networks(),
    "flavors": lambda cloud: cloud.compute.flavors(is_public=None),
    "images": lambda cloud: cloud.image.images(),
    "aggregates": lambda cloud: cloud.compute.aggregates(),
    "volume types": lambda cloud: cloud.block_storage.types(),
}


def held(cloud: Connection) -> dict[str, int]:
    """How many there are of each kind that members' environments are made of."""
    return {kind: len(list(listed(cloud))) for kind, listed in _OF_MEMBERS.items()}


def catalogued(cloud: Connection) -> dict[str, int]:
    """How many there are of each kind that the region's step makes."""
    return {kind: len(list(listed(cloud))) for kind, listed in _OF_REGION.items()}


def containers(cloud: Connection, project: str) -> int:
    """Containers of a project's account in Swift, for an administrator who may see every account."""
    base = cloud.object_store.get_endpoint().rpartition("/")[0]
    answer = cloud.object_store.head(f"{base}/AUTH_{project}")
    return int(answer.headers["X-Account-Container-Count"]) if answer.status_code != 404 else 0


def clear_region(cloud: Connection) -> None:
    """Take away what the region's step made: a region is not retired, but the next scenario wants an empty cloud."""
    for network in cloud.network.networks():
        cloud.network.delete_network(network)
    for flavor in cloud.compute.flavors(is_public=None):
        cloud.compute.delete_flavor(flavor)
    for image in cloud.image.images():
        cloud.image.delete_image(image)
    for aggregate in cloud.compute.aggregates():
        for host in aggregate.hosts:
            cloud.compute.remove_host_from_aggregate(aggregate, host)
        cloud.compute.delete_aggregate(aggregate)
    for kind in cloud.block_storage.types():
        if not kind.name.startswith("__"):
            cloud.block_storage.delete_type(kind)


@pytest.fixture(scope="session")
def scenario_base(openstack_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRegion]:
    """A running cloud that has the hosts of all that run. Who uses it leaves nothing behind."""
    directory = tmp_path_factory.mktemp("scenarios")
    region = make_region(directory, shape_of_all(directory / "shape" / "all", (*CHOSEN, SHARING)))
    try:
        done = region.run("lab", "up", str(region.folder), "--dir", str(region.lab), "--with", "swift", seconds=SECONDS)
        assert done.returncode == 0, done.stdout + done.stderr
        yield region
    finally:
        region.run("lab", "down", "--dir", str(region.lab))


def on_cloud(base: DemoRegion, region: DemoRegion) -> DemoRegion:
    """The region, with that cloud for its own."""
    return replace(region, lab=base.lab, environment=region.environment | {"OS_CLIENT_CONFIG_FILE": str(base.clouds)})
