"""The digest of a stack's inputs: equal digests mean that running the program again would change nothing.

It is taken over canonical JSON, so that neither the order of fields and mappings nor how a value is held in memory
matters. It goes into the ledger: a change of its form makes every stack run once more, and does no harm.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any, TypeVar

from orchestrator.errors import Bug
from orchestrator.model.environment import RegionEnvironment, TenantEnvironment
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import Versions

T = TypeVar("T")


def environment_digest(
    environment: RegionEnvironment | TenantEnvironment, versions: Versions, ids: KnownIds | None
) -> str:
    """SHA-256, hexadecimal. `ids`: only those that the environment uses count."""
    used = _used(environment, ids) if ids and isinstance(environment, TenantEnvironment) else None
    return value_digest({"environment": environment, "versions": versions, "ids": used})


def value_digest(value: Any) -> str:
    """SHA-256, hexadecimal, of anything that the model is made of."""
    text = json.dumps(_canonical(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _used(environment: TenantEnvironment, ids: KnownIds) -> KnownIds:
    images = {server.server.image for project in environment.projects for server in project.servers}
    external = {name for project in environment.projects for name in project.routers}
    shared, grants = environment.shared_networks, environment.container_grants
    return KnownIds(
        external_networks={name: id_ for name, id_ in ids.external_networks.items() if name in external},
        images={name: id_ for name, id_ in ids.images.items() if name in images},
        deployer=ids.deployer,
        networks=_known((one.owner, one.network, ids.network(one.owner, one.network)) for one in shared),
        projects=_known((one.tenant, one.project, ids.project(one.tenant, one.project)) for one in grants),
    )


def _known(found: Iterable[tuple[str, str, T | None]]) -> Mapping[str, Mapping[str, T]]:
    """By tenant and name, without what is not known yet."""
    known: dict[str, dict[str, T]] = {}
    for tenant, name, id_ in found:
        if id_:
            known.setdefault(tenant, {})[name] = id_
    return known


def _canonical(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _canonical(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_name(key): _canonical(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_canonical(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted((_canonical(part) for part in value), key=json.dumps)
    return _scalar(value)


def _name(key: Any) -> str:
    if isinstance(key, str):
        return str(key)
    raise Bug(f"a digest was asked of a mapping with the key {key!r}")


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, IPv4Address | IPv4Network | IPv6Address | IPv6Network):
        return str(value)
    if value is None or isinstance(value, str | int | float):
        return value
    raise Bug(f"a digest was asked of a {type(value).__name__}")
