"""A host aggregate with its availability zone."""

from __future__ import annotations

import pulumi_openstack as openstack

from orchestrator.model.environment import AggregateEnvironment


def aggregate(environment: AggregateEnvironment) -> openstack.compute.AggregateV2:
    return openstack.compute.AggregateV2(
        environment.name,
        name=environment.name,
        zone=environment.zone,
        hosts=list(environment.hosts),
        metadata=dict(environment.metadata),
    )
