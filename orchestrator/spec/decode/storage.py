"""What a tenant keeps beside its servers' volumes, to the model: object containers and backups."""

from __future__ import annotations

from orchestrator.model.backup import Backup
from orchestrator.model.object_storage import ObjectContainer
from orchestrator.model.sharing import ContainerAccess, ContainerShare, SharedContainer
from orchestrator.spec.decode.values import Raw


def object_container(raw: Raw, tenant: str) -> ObjectContainer:
    return ObjectContainer(
        name=raw["name"],
        project=raw.get("project", tenant),
        tier=raw["tier"],
        size_gib=raw["sizeGiB"],
        versioned=raw.get("versioned", False),
        shared_with=tuple(_share(one) for one in raw.get("sharedWith", ())),
    )


def shared_container(raw: Raw, tenant: str) -> SharedContainer:
    return SharedContainer(
        tenant=raw["tenant"],
        container=raw["container"],
        agreement=raw["agreement"],
        project=raw.get("project", tenant),
    )


def backup(raw: Raw) -> Backup:
    return Backup(
        tier=raw["tier"],
        servers=tuple(raw.get("servers", ())),
        volumes=tuple(raw.get("volumes", ())),
        everything=raw.get("all", False),
    )


def _share(raw: Raw) -> ContainerShare:
    return ContainerShare(tenant=raw["tenant"], agreement=raw["agreement"], access=ContainerAccess(raw["access"]))
