"""A tenant or the region resolved for its stack program: every choice made, every default in place.

`planning.environment` makes these from specs; `stacks` turns them into resources; their digest says whether a
stack's inputs changed. They hold names, never ids that the cloud gave, and no secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.access import SshKey
from orchestrator.model.catalogue import Flavor, Image, VolumeTier
from orchestrator.model.object_storage import ObjectContainer
from orchestrator.model.region import ExternalNetwork
from orchestrator.model.tenant import Server, ServerGroup, Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """Written in full: every name of model/quota.py, as the services' own argument names."""

    compute: Mapping[str, int]
    volume: Mapping[str, int]
    volume_by_tier: Mapping[str, int]  # gigabytes_<tier> -> GiB; volumes_<tier>, snapshots_<tier>: -1, only the total
    network: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGrant:
    """A role of a group (made by the stack, by its name in Keystone) or a user (of the directory) on one project."""

    role: str
    group: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEnvironment:
    """One rule as Neutron wants it. Peer: `cidr` or `group` (the name of a security group of the project)."""

    direction: str  # ingress, egress
    ethertype: str  # IPv4, IPv6
    protocol: str  # empty: any
    port_min: int | None = None
    port_max: int | None = None
    cidr: str = ""
    group: str = ""
    description: str = ""

    @property
    def identity(self) -> str:
        """What makes it this rule and no other; the description is not part of it, for Neutron neither.

        Part of a Pulumi URN, in which `::` separates.
        """
        ports = "all" if self.port_min is None else f"{self.port_min}-{self.port_max}"
        peer = self.group or self.cidr.replace(":", "_")
        return ",".join((self.direction, self.ethertype, self.protocol or "any", ports, peer))


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupEnvironment:
    """Presets and own rules flattened, in written order, without repeats."""

    name: str
    description: str
    rules: tuple[RuleEnvironment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkEnvironment:
    """A network with one subnet. `gateway`, `external`: None and empty for a network without a router."""

    name: str
    display_name: str
    cidr: IPv4Network
    gateway: IPv4Address | None
    external: str  # external network on which its router has its gateway
    dns: tuple[IPv4Address, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNetworkEnvironment:
    """A network of another tenant, `owner`, which the project uses: `name` here, `network` there."""

    name: str
    owner: str
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerEnvironment:
    """A server with its flavor's id, its zone (site) and its power state (`active`, `shutoff`) decided.

    `volume_zone`: of its root volume; empty where block storage does not know the sites.
    """

    server: Server
    flavor_id: str
    zone: str
    power_state: str
    volume_zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeEnvironment:
    """A volume with its zone: the site of the server that it is attached to, or the tenant's.

    Empty where block storage does not know the sites.
    """

    volume: Volume
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatingIpEnvironment:
    """An address of `external` for the server's port on `network`."""

    name: str
    server: str
    network: str
    external: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerGrant:
    """A project of another tenant, by its key there, whose users may use a container; `write` includes reading."""

    tenant: str
    project: str
    write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerEnvironment:
    """An object container with the projects of others that may use it."""

    container: ObjectContainer
    grants: tuple[ContainerGrant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEnvironment:
    """One OpenStack project. `key`: identity within the tenant (`main`, or the project's name); `name`: in Keystone."""

    key: str
    name: str
    description: str
    tags: tuple[str, ...]
    quotas: Quotas
    grants: tuple[RoleGrant, ...]
    networks: tuple[NetworkEnvironment, ...] = ()
    shared_networks: tuple[SharedNetworkEnvironment, ...] = ()
    security_groups: tuple[SecurityGroupEnvironment, ...] = ()
    server_groups: tuple[ServerGroup, ...] = ()
    servers: tuple[ServerEnvironment, ...] = ()
    volumes: tuple[VolumeEnvironment, ...] = ()
    object_containers: tuple[ContainerEnvironment, ...] = ()
    floating_ips: tuple[FloatingIpEnvironment, ...] = ()

    @property
    def routers(self) -> tuple[str, ...]:
        """External networks that the project's networks reach, each by a router of its own, by name."""
        return tuple(sorted({network.external for network in self.networks if network.external}))


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantEnvironment:
    """Everything that one tenant's stack builds. `groups`: Keystone groups, by their name there."""

    tenant: str
    display_name: str
    groups: tuple[str, ...]
    ssh_keys: tuple[SshKey, ...]
    projects: tuple[ProjectEnvironment, ...]
    protect: bool

    @property
    def opened_containers(self) -> Mapping[str, Mapping[str, str]]:
        """Its containers that others may use: name -> `<tenant>/<project>` -> `read` or `write`."""
        return {
            one.container.name: {
                f"{grant.tenant}/{grant.project}": "write" if grant.write else "read" for grant in one.grants
            }
            for project in self.projects
            for one in project.object_containers
            if one.grants
        }

    @property
    def used_networks(self) -> Mapping[str, tuple[str, ...]]:
        """Networks of other tenants that its stack is on: owner -> names there."""
        used: dict[str, tuple[str, ...]] = {}
        for owner, network in sorted((one.owner, one.network) for one in self.shared_networks):
            used[owner] = (*used.get(owner, ()), network)
        return used

    @property
    def container_grants(self) -> frozenset[ContainerGrant]:
        """What others may do in its object containers, all together."""
        return frozenset(
            grant for project in self.projects for container in project.object_containers for grant in container.grants
        )

    @property
    def shared_networks(self) -> tuple[SharedNetworkEnvironment, ...]:
        """Networks of other tenants, whichever project uses them."""
        return tuple(one for project in self.projects for one in project.shared_networks)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlavorEnvironment:
    """A flavor with the id that it is given: it carries the size, so that another size is another flavor.

    Its extra specs say on which aggregate its servers are placed, if on one alone.
    """

    flavor: Flavor
    flavor_id: str


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
    flavors: tuple[FlavorEnvironment, ...]
    images: tuple[Image, ...]
    tiers: tuple[VolumeTier, ...]
    aggregates: tuple[AggregateEnvironment, ...]
    external_networks: tuple[ExternalNetwork, ...]
