"""Networks and object containers that two members share: both sides say so, under the same agreement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkShare:
    """At the network: a tenant that may put servers on it."""

    tenant: str
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNetwork:
    """At the tenant that uses it: whose network it is, and its name there.

    `name`: its name here, which servers call it by; `project`: the project that uses it.
    """

    tenant: str
    network: str
    agreement: str
    name: str
    project: str


class ContainerAccess(StrEnum):
    """What the other side may do in a shared container."""

    READ = "read"  # list and fetch objects
    WRITE = "write"  # the same, and put, change and delete them


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerShare:
    """At the object container: a tenant that may use it."""

    tenant: str
    agreement: str
    access: ContainerAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedContainer:
    """At the tenant that uses it: whose container it is, its name there, and the project whose users may."""

    tenant: str
    container: str
    agreement: str
    project: str
