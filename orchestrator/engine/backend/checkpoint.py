"""A stack's checkpoint: Pulumi's version 3, read with its integrity checks and written in its order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from orchestrator.engine.errors import BrokenState, StateError
from orchestrator.engine.state import clock
from orchestrator.engine.state import urn as urns
from orchestrator.engine.state.resource import Resource, Seal, Unseal, decode, encode

WRITER: Final = "mutualis-1.0"
_VERSION: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An action that was begun and whose end nobody recorded. `kind`: creating, updating, deleting, ..."""

    kind: str
    resource: Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What is recorded of a stack. `salt`: of its passphrase secrets; "" while it has none."""

    resources: tuple[Resource, ...] = ()
    pending: tuple[Pending, ...] = ()
    salt: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    updated: str = ""


def raw_deployment(data: bytes, path: Path | str) -> dict[str, Any]:
    """The `latest` part of a checkpoint file; {} for a new stack."""
    try:
        found = json.loads(data)
        version, latest = found["version"], found["checkpoint"].get("latest")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenState(f"error: {path} is no checkpoint: {error}") from error
    if version != _VERSION:
        raise StateError(f"error: {path} is a checkpoint of version {version}; the embedded engine reads version 3")
    return latest or {}


def salt_of(deployment: Mapping[str, Any], path: Path | str) -> str:
    provider = deployment.get("secrets_providers") or {}
    if provider.get("type", "passphrase") not in {"passphrase", ""}:
        raise StateError(f"error: {path}: secrets are kept by {provider['type']!r}; only a passphrase is carried out")
    return str((provider.get("state") or {}).get("salt", ""))


def decode_deployment(deployment: Mapping[str, Any], unseal: Unseal, path: Path | str) -> Checkpoint:
    """The checkpoint behind a deployment, after Pulumi's integrity checks."""
    manifest = deployment.get("manifest") or {}
    if manifest and manifest.get("magic", "") != _magic(manifest.get("version", "")):
        raise BrokenState(f"error: {path}: state file contains errors: the manifest's magic does not fit its version")
    try:
        resources = tuple(decode(found, unseal) for found in deployment.get("resources") or ())
        pending = tuple(
            Pending(kind=found["type"], resource=decode(found["resource"], unseal))
            for found in deployment.get("pending_operations") or ()
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BrokenState(f"error: {path}: a resource is not as Pulumi writes it: {error!r}") from error
    verify(resources, path)
    return Checkpoint(
        resources=resources,
        pending=pending,
        salt=salt_of(deployment, path),
        metadata=deployment.get("metadata") or {},
        updated=manifest.get("time", ""),
    )


def verify(resources: Sequence[Resource], path: Path | str) -> None:
    """Refuse what Pulumi would refuse: references forward, a live URN twice, a type that its URN contradicts."""
    seen: set[str] = set()
    live: set[str] = set()
    for resource in resources:
        problem = _problem(resource, seen, live)
        if problem:
            raise BrokenState(f"error: {path}: state file contains errors: resource {resource.urn} {problem}")
        seen.add(resource.urn)
        if not resource.delete:
            live.add(resource.urn)


def _problem(resource: Resource, seen: set[str], live: set[str]) -> str:
    if urns.type_of(resource.urn) != resource.type:
        return f"has the type {resource.type}"
    if resource.id and not resource.custom:
        return "has an id though it is no custom resource"
    if not resource.delete and resource.urn in live:
        return "stands twice"
    missing = next((urn for urn in resource.leans_on() if urn not in seen), "")
    return f"refers to {missing}, which does not stand before it" if missing else ""


def encode_deployment(checkpoint: Checkpoint, seal: Seal, seconds: float) -> dict[str, Any]:
    deployment: dict[str, Any] = {
        "manifest": {"time": clock.rfc3339(seconds), "magic": _magic(WRITER), "version": WRITER}
    }
    if checkpoint.salt:
        deployment["secrets_providers"] = {"type": "passphrase", "state": {"salt": checkpoint.salt}}
    deployment["resources"] = [encode(resource, seal) for resource in checkpoint.resources]
    if checkpoint.pending:
        deployment["pending_operations"] = [
            {"resource": encode(pending.resource, seal), "type": pending.kind} for pending in checkpoint.pending
        ]
    deployment["metadata"] = dict(checkpoint.metadata)
    return deployment


def file_bytes(qualified: str, deployment: Mapping[str, Any] | None) -> bytes:
    """The checkpoint file of a stack; without a deployment that of a new one."""
    checkpoint: dict[str, Any] = {"stack": qualified}
    if deployment is not None:
        checkpoint["latest"] = deployment
    return json.dumps(
        {"version": _VERSION, "checkpoint": checkpoint}, separators=(",", ":"), ensure_ascii=False
    ).encode()


def _magic(version: str) -> str:
    return hashlib.sha256(version.encode()).hexdigest() if version else ""
