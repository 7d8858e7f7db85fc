"""Who may work in a tenant's projects, and with which keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role for a group or a user. Groups are made by us; users are referred to, they come from the directory."""

    name: str
    roles: tuple[str, ...]
    projects: tuple[str, ...] = ()  # empty: all projects of the tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class SshKey:
    name: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeKey:
    """A public key of age (X25519), to which credentials are encrypted."""

    name: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    groups: tuple[Grant, ...] = ()
    users: tuple[Grant, ...] = ()
    ssh_keys: tuple[SshKey, ...] = ()
    age_keys: tuple[AgeKey, ...] = ()
