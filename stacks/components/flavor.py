"""A flavor that everyone may use."""

from __future__ import annotations

import pulumi_openstack as openstack

from orchestrator.model.environment import FlavorEnvironment


def flavor(environment: FlavorEnvironment) -> openstack.compute.Flavor:
    given = environment.flavor
    return openstack.compute.Flavor(
        given.name,
        name=given.name,
        flavor_id=environment.flavor_id,
        vcpus=given.vcpus,
        ram=given.memory_mib,
        disk=given.disk_gib,
        extra_specs=dict(given.extra_specs),
        is_public=True,
    )
