"""A container of object storage, with a quota in bytes."""

from __future__ import annotations

from typing import Final

import pulumi_openstack as openstack

from orchestrator.model.object_storage import ObjectContainer
from stacks.components.place import Place

_BYTES_PER_GIB: Final = 1024**3
_QUOTA: Final = "Quota-Bytes"
"""Metadata that Swift's container_quotas obeys; as the service writes it, so that nothing differs at the next look."""


def object_container(place: Place, environment: ObjectContainer) -> None:
    """Swift knows containers by name alone. One that holds objects is not deleted: the service refuses."""
    openstack.objectstorage.Container(
        place.name(environment.name),
        name=environment.name,
        metadata={
            _QUOTA: str(environment.size_gib * _BYTES_PER_GIB),
            "Mutualis": place.mark("container", environment.name),
        },
        versioning=environment.versioned,
        opts=place.options(lasting=True),
    )
