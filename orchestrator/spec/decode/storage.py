"""What a tenant keeps beside its servers' volumes, to the model: object containers and backups."""

from __future__ import annotations

from orchestrator.model.backup import Backup
from orchestrator.model.object_storage import ObjectContainer
from orchestrator.spec.decode.values import Raw


def object_container(raw: Raw, tenant: str) -> ObjectContainer:
    return ObjectContainer(
        name=raw["name"],
        project=raw.get("project", tenant),
        tier=raw["tier"],
        size_gib=raw["sizeGiB"],
        versioned=raw.get("versioned", False),
    )


def backup(raw: Raw) -> Backup:
    return Backup(
        tier=raw["tier"],
        servers=tuple(raw.get("servers", ())),
        volumes=tuple(raw.get("volumes", ())),
        everything=raw.get("all", False),
    )
