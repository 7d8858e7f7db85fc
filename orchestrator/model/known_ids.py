"""Ids that the cloud gave to what other stacks built, as a tenant's program is told them.

The region's stack exports the ids of what every tenant uses; a tenant's stack those of what others may use of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkIds:
    """Of a network and its one subnet."""

    network: str
    subnet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIds:
    """What is missing is not known yet.

    `deployer`: the user that carries out the stacks; it needs a role on each tenant's project.
    `networks`, `projects`: of other tenants, first by tenant, then by the network's name or the project's key (`main`,
    or its name); of a tenant itself its own program knows them.
    """

    external_networks: Mapping[str, str] = field(default_factory=dict)  # name -> id
    images: Mapping[str, str] = field(default_factory=dict)
    flavors: Mapping[str, str] = field(default_factory=dict)
    deployer: str = ""
    networks: Mapping[str, Mapping[str, NetworkIds]] = field(default_factory=dict)
    projects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, region: Mapping[str, Any], tenants: Mapping[str, Mapping[str, Any]] = _NONE) -> KnownIds:
        """From the exports of the region's stack, and of tenants' by tenant; one that is not there yet exports none."""
        return cls(
            external_networks=dict(region.get("external_networks") or {}),
            images=dict(region.get("images") or {}),
            flavors=dict(region.get("flavors") or {}),
            deployer=str(region.get("deployer") or ""),
            networks={tenant: _networks(exports) for tenant, exports in tenants.items()},
            projects={tenant: dict(exports.get("projects") or {}) for tenant, exports in tenants.items()},
        )

    def network(self, tenant: str, name: str) -> NetworkIds | None:
        """Of another tenant; None: not known yet."""
        return self.networks.get(tenant, {}).get(name)

    def project(self, tenant: str, key: str) -> str:
        """Of another tenant; empty: not known yet."""
        return self.projects.get(tenant, {}).get(key, "")


def _networks(exports: Mapping[str, Any]) -> Mapping[str, NetworkIds]:
    exported = exports.get("networks") or {}
    return {name: NetworkIds(network=ids["network"], subnet=ids["subnet"]) for name, ids in exported.items()}
