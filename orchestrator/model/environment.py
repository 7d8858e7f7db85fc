"""A tenant or the region resolved for its stack program: every choice made, every default in place.

`planning.environment` makes these from specs; `stacks` turns them into resources; their digest says whether a
stack's inputs changed. They hold names, never ids of the cloud, and no secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.model.catalogue import Flavor, Image, SecurityRule, VolumeTier
from orchestrator.model.region import ExternalNetwork
from orchestrator.model.tenant import Network, Server, ServerGroup, SshKey, Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """Written in full: every name of model/quota.py, as the services' own argument names."""

    compute: Mapping[str, int]
    volume: Mapping[str, int]
    volume_by_tier: Mapping[str, int]  # gigabytes_<tier> -> GiB
    network: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGrant:
    """A role of a group (made by the stack) or a user (known to the directory) on one project."""

    role: str
    group: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupEnvironment:
    """Presets and own rules flattened, in written order, without repeats."""

    name: str
    description: str
    rules: tuple[SecurityRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerEnvironment:
    """A server with its zone (site) and power state (`active`, `shutoff`) decided."""

    server: Server
    zone: str
    power_state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatingIpEnvironment:
    name: str
    server: str
    external: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEnvironment:
    """One OpenStack project. `key`: identity within the tenant (`main`, or the project's name); `name`: in Keystone.

    `gateway`: external network of the project's router, empty when no network reaches out.
    """

    key: str
    name: str
    description: str
    tags: tuple[str, ...]
    quotas: Quotas
    grants: tuple[RoleGrant, ...]
    ssh_keys: tuple[SshKey, ...]
    gateway: str
    networks: tuple[Network, ...]
    security_groups: tuple[SecurityGroupEnvironment, ...]
    server_groups: tuple[ServerGroup, ...]
    servers: tuple[ServerEnvironment, ...]
    volumes: tuple[Volume, ...]
    floating_ips: tuple[FloatingIpEnvironment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantEnvironment:
    """Everything that one tenant's stack builds. `groups`: Keystone groups, by name."""

    tenant: str
    display_name: str
    groups: tuple[str, ...]
    projects: tuple[ProjectEnvironment, ...]
    protect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateEnvironment:
    """A host aggregate: the hosts of one site that are interchangeable; its zone is the site."""

    name: str
    zone: str
    hosts: tuple[str, ...]
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionEnvironment:
    """Everything that the region's stack builds."""

    region: str
    flavors: tuple[Flavor, ...]
    images: tuple[Image, ...]
    tiers: tuple[VolumeTier, ...]
    aggregates: tuple[AggregateEnvironment, ...]
    external_networks: tuple[ExternalNetwork, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionOutputs:
    """Ids that the region's stack exports for tenants' stacks. A name that is missing is not known yet."""

    external_networks: Mapping[str, str]  # name -> id
    images: Mapping[str, str]
    flavors: Mapping[str, str]
