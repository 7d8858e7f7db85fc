"""A container of object storage, with a quota in bytes, and the projects of other tenants that may use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.environment import ContainerEnvironment, ContainerGrant
from orchestrator.model.known_ids import KnownIds
from stacks.components.known_id import unknown_yet
from stacks.components.place import Place

_BYTES_PER_GIB: Final = 1024**3
_QUOTA: Final = "Quota-Bytes"
"""Metadata that Swift's container_quotas obeys; as the service writes it, so that nothing differs at the next look."""


def object_container(place: Place, environment: ContainerEnvironment, ids: KnownIds) -> None:
    """Swift knows containers by name alone. One that holds objects is not deleted: the service refuses.

    Who else may use it stands in both members' specs: the access lists are given for every container, empty ones too,
    so that what somebody opens by hand is drift.
    """
    container = environment.container
    writers = [grant for grant in environment.grants if grant.write]
    openstack.objectstorage.Container(
        place.name(container.name),
        name=container.name,
        metadata={
            _QUOTA: str(container.size_gib * _BYTES_PER_GIB),
            "Mutualis": place.mark("container", container.name),
        },
        versioning=container.versioned,
        container_read=_access_list(environment.grants, ids),
        container_write=_access_list(writers, ids),
        opts=place.options(lasting=True),
    )


def _access_list(grants: Sequence[ContainerGrant], ids: KnownIds) -> pulumi.Input[str]:
    """`<project id>:*` for each, as Swift's keystoneauth reads it: whoever has a token of the project.

    Two tenants may open containers for each other, so that neither can wait for the other: a project that is not
    there yet is unknown to a preview, and left out of a real run. The run comes back once it is there.
    """
    known = [ids.project(grant.tenant, grant.project) for grant in grants]
    if "" in known and pulumi.runtime.is_dry_run():
        return unknown_yet()
    return ",".join(f"{project}:*" for project in known if project)
