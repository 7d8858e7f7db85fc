"""Which host aggregates stand at which site: nothing declares them but the hosts that are in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

DEFAULT = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregates:
    """By site. A site without hosts is absent: its cloud may have hosts that nobody described."""

    any_role: Mapping[str, Collection[str]] = field(default_factory=dict)
    compute: Mapping[str, Collection[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, hosts: Iterable[Mapping[str, Any]]) -> Aggregates:
        """From the specs of all hosts."""
        any_role: dict[str, set[str]] = defaultdict(set)
        compute: dict[str, set[str]] = defaultdict(set)
        for host in hosts:
            name = host.get("aggregate", DEFAULT)
            any_role[host["site"]].add(name)
            if "compute" in host["roles"]:
                compute[host["site"]].add(name)
        return cls(any_role=dict(any_role), compute=dict(compute))

    def anywhere(self) -> Collection[str] | None:
        """The aggregates on which servers run, of all sites; None when no host is described."""
        return {name for names in self.compute.values() for name in names} if self.any_role else None
