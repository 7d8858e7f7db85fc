"""A network of another tenant, opened to a project of this one.

By the deploying credential, not by the project's provider: what a project's own token may not do is to open a network
that is not its own, nor to choose an address there.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.environment import SharedNetworkEnvironment
from orchestrator.model.known_ids import KnownIds
from stacks.components.known_id import shared_network_ids
from stacks.components.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNetwork:
    """`access`: the project's, which must stand before its ports there and go after them.

    `owner`, `network`: what it is called for good; its name here may change, and its ports stay.
    """

    owner: str
    network: str
    network_id: pulumi.Input[str]
    subnet_id: pulumi.Input[str]
    access: openstack.networking.RbacPolicyV2

    @property
    def ids(self) -> tuple[pulumi.Input[str], pulumi.Input[str]]:
        """As an own network's."""
        return self.network_id, self.subnet_id

    @property
    def identity(self) -> tuple[str, str]:
        """For logical names."""
        return self.owner, self.network


def shared_network(place: Place, environment: SharedNetworkEnvironment, ids: KnownIds) -> SharedNetwork:
    network_id, subnet_id = shared_network_ids(ids, environment.owner, environment.network)
    access = openstack.networking.RbacPolicyV2(
        place.name(environment.owner, environment.network),
        action="access_as_shared",
        object_type="network",
        object_id=network_id,
        target_tenant=place.project_id,
        opts=place.deploying(),
    )
    return SharedNetwork(
        owner=environment.owner,
        network=environment.network,
        network_id=network_id,
        subnet_id=subnet_id,
        access=access,
    )
