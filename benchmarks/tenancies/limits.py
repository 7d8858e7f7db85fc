"""What every contender gives a tenant: the three quotas and the open ports. The rest is in their programs."""

from __future__ import annotations

COMPUTE = {"cores": 20, "instances": 10, "ram": 40960}
VOLUME = {"gigabytes": 500, "volumes": 20}
NETWORK = {
    "floating_ips": 5,
    "networks": 5,
    "ports": 50,
    "routers": 2,
    "security_group_rules": 100,
    "security_groups": 10,
    "subnets": 5,
}
"""Named as the services do, in the plural where they do."""

OPEN_PORTS = (22, 80, 443)
RESOURCES = 12
PREFIX = "bench-"


def names(tenants: int) -> tuple[str, ...]:
    return tuple(f"{PREFIX}{number:03d}" for number in range(1, tenants + 1))
