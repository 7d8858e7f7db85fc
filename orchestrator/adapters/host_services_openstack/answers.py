"""What Nova and Cinder answer, as our words."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from orchestrator.model.host_duty import Binary, CarriedServer, HostService

MIB_PER_GIB = 1024


def compute_service(body: Mapping[str, Any]) -> HostService:
    return HostService(
        host=body["host"],
        binary=Binary.COMPUTE,
        id=str(body["id"]),
        up=body["state"] == "up",
        enabled=body["status"] == "enabled",
        reason=body.get("disabled_reason") or "",
    )


def volume_service(body: Mapping[str, Any]) -> HostService:
    """Cinder knows its services by `host@backend`."""
    host, _, backend = body["host"].partition("@")
    return HostService(
        host=host,
        binary=Binary.VOLUME,
        id=body["host"],
        up=body["state"] == "up",
        enabled=body["status"] == "enabled",
        reason=body.get("disabled_reason") or "",
        backend=backend,
    )


def carried(body: Mapping[str, Any]) -> CarriedServer:
    """A server as microversions 2.47 and later tell it: the flavor's sizes stand in it."""
    flavor = body["flavor"]
    root = 0 if body["image"] == "" else flavor["disk"]  # no image: the root disk is a volume
    return CarriedServer(
        id=body["id"],
        name=_printable(body["name"]),
        project_id=body["tenant_id"],
        host=body.get("OS-EXT-SRV-ATTR:host") or "",
        status=body["status"],
        task=body.get("OS-EXT-STS:task_state") or "",
        vcpus=flavor["vcpus"],
        memory_mib=flavor["ram"],
        disk_gib=root + flavor["ephemeral"] + ceil((flavor["swap"] or 0) / MIB_PER_GIB),
    )


def _printable(name: str) -> str:
    """Members name their servers as they like; what would move a cursor or hide text becomes a question mark."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)
