"""Pulumi's rules for a checkpoint, written down once more and on the file itself.

The engine checks what it reads; this is told apart from its code on purpose, so that both would have to be wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SIGNATURE, SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
PENDING = {"creating", "updating", "deleting", "reading", "importing"}


def violations(path: Path) -> list[str]:
    """What Pulumi would refuse in this checkpoint, or could not work with; [] when it is sound."""
    text = path.read_text()
    found = json.loads(text)
    if found["version"] != 3:
        return [f"version {found['version']}"]
    latest = found["checkpoint"].get("latest")
    if not latest:
        return []
    return [*_manifest(latest), *_resources(latest.get("resources") or []), *_pending(latest), *_secrets(latest, text)]


def _manifest(latest: Mapping[str, Any]) -> Iterator[str]:
    manifest = latest["manifest"]
    if manifest["magic"] != hashlib.sha256(manifest["version"].encode()).hexdigest():
        yield "the manifest's magic is wrong"


def _resources(resources: list[dict[str, Any]]) -> Iterator[str]:
    before: dict[str, set[str]] = {}  # urn -> ids
    live: set[str] = set()
    for one in resources:
        urn = one["urn"]
        yield from (f"{urn} {problem}" for problem in _alone(one))
        yield from (f"{urn} leans on {need}, which is not before it" for need in _needs(one) if need not in before)
        provider, _, identity = one.get("provider", "").rpartition("::")
        if provider and identity not in before.get(provider, set()):
            yield f"{urn} names a provider {provider} with the id {identity}, which is not there"
        if not one.get("delete"):
            if urn in live:
                yield f"{urn} is there twice, and neither is to be deleted"
            live.add(urn)
        before.setdefault(urn, set()).add(one.get("id", ""))


def _alone(one: Mapping[str, Any]) -> Iterator[str]:
    """What can be told from one resource."""
    if one["urn"].split("::")[2].rsplit("$", 1)[-1] != one["type"]:
        yield f"is of type {one['type']}"
    if one["custom"] and not one.get("id"):
        yield "has no id"
    if not one["custom"] and (one.get("id") or one.get("provider")):
        yield "is no custom resource and has an id or a provider"
    is_provider = one["type"].startswith("pulumi:providers:")
    if one["custom"] and not is_provider and not one.get("provider"):
        yield "has no provider"
    if one["custom"] and UNKNOWN in json.dumps([one.get("inputs"), one.get("outputs"), one.get("id")]):
        yield "holds a value that nobody knows"
    if one.get("parent") == one["urn"]:
        yield "is its own parent"
    if _has_null(one.get("inputs") or {}):
        yield "has a null among its inputs"


def _needs(one: Mapping[str, Any]) -> Iterator[str]:
    yield from (one[key] for key in ("parent", "deletedWith") if one.get(key))
    yield from one.get("dependencies") or ()
    for urns in (one.get("propertyDependencies") or {}).values():
        yield from urns
    if one.get("provider"):
        yield one["provider"].rpartition("::")[0]


def _pending(latest: Mapping[str, Any]) -> Iterator[str]:
    for one in latest.get("pending_operations") or ():
        if one["type"] not in PENDING:
            yield f"a pending operation of kind {one['type']}"
        if not {"urn", "type", "custom"} <= one["resource"].keys():
            yield f"a pending operation without a resource: {one}"


def _secrets(latest: Mapping[str, Any], text: str) -> Iterator[str]:
    if SECRET in text and not latest.get("secrets_providers"):
        yield "secrets without a word of who keeps them"
    if "canary" in text:
        yield "a secret in clear"


def _has_null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_null(part) for part in value.values())
    return value is None
