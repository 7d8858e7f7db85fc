"""A process that removes all objects of the benchmark's tenants, so that the next kill finds an empty cloud.

python sweep.py CLOUDS CLOUD
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import openstack

sys.path.append(str(Path(__file__).parents[1]))

from tenancies.limits import PREFIX


def main() -> None:
    config = openstack.config.OpenStackConfig(config_files=[sys.argv[1]], load_envvars=False)
    cloud: Any = openstack.connection.Connection(config=config.get_one(sys.argv[2]))
    _networking(cloud)
    for one in list(cloud.identity.projects()):
        if one.name.startswith(PREFIX):
            cloud.identity.delete_project(one)


def _networking(cloud: Any) -> None:
    routers = [one for one in cloud.network.routers() if one.name.startswith(PREFIX)]
    for port in list(cloud.network.ports(device_owner="network:router_interface")):
        if any(port.device_id == router.id for router in routers):
            cloud.network.remove_interface_from_router(port.device_id, port_id=port.id)
    for router in routers:
        cloud.network.delete_router(router)
    for kind in ("network", "security_group"):
        for one in list(getattr(cloud.network, f"{kind}s")()):
            if one.name.startswith(PREFIX):
                getattr(cloud.network, f"delete_{kind}")(one)


if __name__ == "__main__":
    main()
