"""Quota names: one list for specs, API calls, capacity and metrics."""

from __future__ import annotations

from typing import Final

COMPUTE: Final = {
    "servers": "instances",
    "vcpus": "cores",
    "memoryMiB": "ram",
    "keypairs": "key_pairs",
    "serverGroups": "server_groups",
    "serverGroupMembers": "server_group_members",
}
"""Our name -> Nova's (os-quota-sets, as pulumi_openstack.compute.QuotaSetV2 spells it)."""

VOLUME: Final = {
    "volumes": "volumes",
    "storageGiB": "gigabytes",
    "snapshots": "snapshots",
    "backups": "backups",
    "backupGiB": "backup_gigabytes",
    "volumeGroups": "groups",
}
"""Our name -> Cinder's. Per tier besides: `storageGiB:<tier>` -> `gigabytes_<tier>`."""

NETWORK: Final = {
    "networks": "network",
    "subnets": "subnet",
    "ports": "port",
    "routers": "router",
    "floatingIPs": "floatingip",
    "securityGroups": "security_group",
    "securityGroupRules": "security_group_rule",
}
"""Our name -> Neutron's."""

NAMES: Final = (*COMPUTE, *VOLUME, *NETWORK)

NOT_SHARED: Final = frozenset({"keypairs", "serverGroupMembers"})
"""Limits of one user or one group, not amounts that are shared out among a tenant's projects."""

UNLIMITED: Final = -1
"""The limit that is none, as all three services spell it."""
