"""A server group: which servers stand on the same host, or do not."""

from __future__ import annotations

import pulumi_openstack as openstack

from orchestrator.model.tenant import ServerGroup
from stacks.components.place import Place


def server_group(place: Place, environment: ServerGroup) -> openstack.compute.ServerGroup:
    return openstack.compute.ServerGroup(
        place.name(environment.name), name=environment.name, policies=environment.policy, opts=place.options()
    )
