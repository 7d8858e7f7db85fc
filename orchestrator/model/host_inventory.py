"""The hosts of a region as their set-up is told them: groups and variables, computed from specs, never written twice.

Variables are data that JSON can hold: they go to Ansible as they are, and into the digest of a host's step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Variables = Mapping[str, Any]
"""Name (`mutualis_*`, or Ansible's own) -> what JSON can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostEntry:
    """One host. `groups`: sorted; `address`: where SSH reaches it."""

    name: str
    address: str
    groups: tuple[str, ...]
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class HostInventory:
    """`variables`: the same for every host; `hosts`: by name."""

    region: str
    variables: Variables
    hosts: tuple[HostEntry, ...]

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Group -> names of its hosts, both sorted."""
        found: dict[str, list[str]] = {}
        for host in self.hosts:
            for group in host.groups:
                found.setdefault(group, []).append(host.name)
        return {group: tuple(found[group]) for group in sorted(found)}
