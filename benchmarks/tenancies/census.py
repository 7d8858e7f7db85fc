"""A process that counts what the cloud holds of the tenants, by openstacksdk: every contender must give the same.

    python census.py CLOUDS CLOUD       prints one JSON object: kind -> number

Also removes what OpenStack itself leaves behind: the default security groups of projects that are no more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openstack

sys.path.append(str(Path(__file__).parents[1]))

from tenancies.limits import COMPUTE, NETWORK, PREFIX, VOLUME


def main() -> None:
    config = openstack.config.OpenStackConfig(config_files=[sys.argv[1]], load_envvars=False)
    cloud: Any = openstack.connection.Connection(config=config.get_one(sys.argv[2]))
    projects = [one.id for one in cloud.identity.projects() if one.name.startswith(PREFIX)]
    print(json.dumps({"project": len(projects), **_quotas(cloud, projects), **_networking(cloud)}))
    _sweep(cloud)


def _quotas(cloud: Any, projects: Iterable[str]) -> dict[str, int]:
    """Projects whose quotas are the wanted ones, per service."""
    counts = dict.fromkeys(("compute quota", "volume quota", "network quota"), 0)
    for project in projects:
        counts["compute quota"] += _holds(cloud.compute.get_quota_set(project), COMPUTE)
        counts["volume quota"] += _holds(cloud.block_storage.get_quota_set(project), VOLUME)
        counts["network quota"] += _holds(cloud.network.get_quota(project), NETWORK)
    return counts


def _holds(found: Mapping[str, Any], wanted: Mapping[str, int]) -> bool:
    return all(found[name] == value for name, value in wanted.items())


def _networking(cloud: Any) -> dict[str, int]:
    network = cloud.network
    groups = [one.id for one in network.security_groups() if one.name.startswith(PREFIX)]
    routers = [one.id for one in network.routers() if one.name.startswith(PREFIX)]
    owners = [port.device_id for port in network.ports() if port.device_owner == "network:router_interface"]
    return {
        "network": sum(one.name.startswith(PREFIX) for one in network.networks()),
        "subnet": sum(one.name.startswith(PREFIX) for one in network.subnets()),
        "router": len(routers),
        "router interface": sum(owner in routers for owner in owners),
        "security group": len(groups),
        "rule": sum(rule.security_group_id in groups for rule in network.security_group_rules()),
    }


def _sweep(cloud: Any) -> None:
    living = {one.id for one in cloud.identity.projects()}
    for group in list(cloud.network.security_groups()):
        if group.project_id and group.project_id not in living:
            cloud.network.delete_security_group(group.id)


if __name__ == "__main__":
    main()
