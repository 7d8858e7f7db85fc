"""The floor: what a script with openstacksdk needs that knows all it has to do, remembers nothing and repairs nothing.

    python by_sdk.py build|delete CLOUDS CLOUD TENANTS AT_ONCE

A tenant whose project is not there is created without a further look; one that is there is read, object by object,
which is the no-op. Prints one JSON object: `changed` (objects), `calls`, `api_seconds` (the sum of all calls' times,
as keystoneauth measured them). Exit 1 with the first failure.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import openstack

sys.path.append(str(Path(__file__).parents[1]))

from tenancies.limits import COMPUTE, NETWORK, OPEN_PORTS, RESOURCES, VOLUME, names

Cloud = Any  # openstack.connection.Connection: its attributes are made at run time
SINGULAR = {name: name.removesuffix("s") for name in NETWORK} | {"floating_ips": "floatingip"}


def main() -> None:
    action, clouds, cloud_name, tenants, at_once = sys.argv[1:]
    config = openstack.config.OpenStackConfig(config_files=[clouds], load_envvars=False)
    cloud = openstack.connection.Connection(config=config.get_one(cloud_name), pool_executor=None)
    cloud.session._collect_timing = True  # noqa: SLF001  openstacksdk hands no such argument on
    work = partial(_build if action == "build" else _delete, cloud)
    with ThreadPoolExecutor(int(at_once)) as pool:
        changed = sum(pool.map(work, names(int(tenants))))
    timings = cloud.session.get_timings()
    seconds = sum(timing.elapsed.total_seconds() for timing in timings)
    print(json.dumps({"changed": changed, "calls": len(timings), "api_seconds": seconds}))


def _build(cloud: Cloud, name: str) -> int:
    project = cloud.identity.find_project(name)
    if project is not None:
        _read(cloud, name, project)
        return 0
    project = cloud.identity.create_project(name=name, domain_id="default")
    cloud.compute.put(f"/os-quota-sets/{project.id}", json={"quota_set": COMPUTE}).raise_for_status()
    cloud.block_storage.put(f"/os-quota-sets/{project.id}", json={"quota_set": VOLUME}).raise_for_status()
    limits = {SINGULAR[key]: value for key, value in NETWORK.items()}
    cloud.network.put(f"/quotas/{project.id}", json={"quota": limits}).raise_for_status()
    _create_network(cloud, name, project.id)
    _create_group(cloud, name, project.id)
    return RESOURCES


def _create_network(cloud: Cloud, name: str, project: str) -> None:
    network = cloud.network.create_network(name=f"{name}-net", project_id=project)
    subnet = cloud.network.create_subnet(
        name=f"{name}-subnet", project_id=project, network_id=network.id, cidr="10.50.0.0/24", ip_version=4
    )
    router = cloud.network.create_router(name=f"{name}-router", project_id=project)
    cloud.network.add_interface_to_router(router, subnet_id=subnet.id)


def _create_group(cloud: Cloud, name: str, project: str) -> None:
    group = cloud.network.create_security_group(name=f"{name}-web", project_id=project)
    for rule in group.security_group_rules:
        cloud.network.delete_security_group_rule(rule["id"])
    for port in OPEN_PORTS:
        cloud.network.create_security_group_rule(
            project_id=project,
            security_group_id=group.id,
            direction="ingress",
            ethertype="IPv4",
            protocol="tcp",
            port_range_min=port,
            port_range_max=port,
            remote_ip_prefix="0.0.0.0/0",
        )


def _read(cloud: Cloud, name: str, project: Any) -> None:
    cloud.compute.get(f"/os-quota-sets/{project.id}").raise_for_status()
    cloud.block_storage.get(f"/os-quota-sets/{project.id}").raise_for_status()
    cloud.network.get(f"/quotas/{project.id}").raise_for_status()
    router = _one(cloud.network.routers(name=f"{name}-router"))
    found = (
        _one(cloud.network.networks(name=f"{name}-net")),
        _one(cloud.network.subnets(name=f"{name}-subnet")),
        _one(cloud.network.ports(device_id=router.id)),
        _one(cloud.network.security_groups(name=f"{name}-web")),
    )
    rules = list(cloud.network.security_group_rules(security_group_id=found[-1].id))
    if len(rules) != len(OPEN_PORTS):
        sys.exit(f"{name}: {len(rules)} rules")


def _delete(cloud: Cloud, name: str) -> int:
    router = _one(cloud.network.routers(name=f"{name}-router"))
    subnet = _one(cloud.network.subnets(name=f"{name}-subnet"))
    cloud.network.remove_interface_from_router(router, subnet_id=subnet.id)
    cloud.network.delete_router(router, ignore_missing=False)
    cloud.network.delete_network(_one(cloud.network.networks(name=f"{name}-net")), ignore_missing=False)
    group = _one(cloud.network.security_groups(name=f"{name}-web"))
    cloud.network.delete_security_group(group, ignore_missing=False)
    cloud.identity.delete_project(cloud.identity.find_project(name, ignore_missing=False), ignore_missing=False)
    return RESOURCES


def _one(found: Any) -> Any:
    first, *others = found
    if others:
        sys.exit(f"several {first.name}")
    return first


if __name__ == "__main__":
    main()
