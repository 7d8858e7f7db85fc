"""One project of a tenant with everything in it.

Order: the project, its quotas and the deploying user's access to it come first, through the deploying credential;
then everything else through a provider of the project, which stands on these and so goes before they do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.environment import ProjectEnvironment
from orchestrator.model.known_ids import KnownIds
from stacks.components.access import deployer_access, grant
from stacks.components.directory import Directory
from stacks.components.floating_ip import floating_ip
from stacks.components.known_id import region_id
from stacks.components.network import network, router
from stacks.components.object_container import object_container
from stacks.components.place import Place
from stacks.components.project_check import check
from stacks.components.project_provider import project_provider
from stacks.components.quotas import quotas
from stacks.components.security_group import rule, security_group
from stacks.components.server import BuiltServer, Surroundings, server
from stacks.components.server_group import server_group
from stacks.components.shared_network import shared_network
from stacks.components.volume import volume


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectArgs:
    """`groups`, `keypairs`: the tenant's, by name; `ids`: what other stacks export."""

    tenant: str
    environment: ProjectEnvironment
    protect: bool
    groups: Mapping[str, openstack.identity.GroupV3]
    keypairs: Mapping[str, openstack.compute.Keypair]
    directory: Directory
    ids: KnownIds


class Project(pulumi.ComponentResource):
    """`id`: the project's; `network_ids`, `server_ids`, `addresses` (of floating IPs): by name."""

    def __init__(self, args: ProjectArgs) -> None:
        check(args.environment, frozenset(args.keypairs))
        super().__init__("mutualis:tenant:Project", args.environment.key)
        self.id: pulumi.Output[str] = self._project(args)
        place = self._place(args)
        around = self._surroundings(place, args)
        servers = {one.server.name: server(place, one, around) for one in args.environment.servers}
        for one in args.environment.volumes:
            volume(place, one, servers)
        for container in args.environment.object_containers:
            object_container(place, container, args.ids)
        self.network_ids = {name: built.exported for name, built in around.networks.items()}
        self.server_ids: dict[str, Any] = {name: built.instance.id for name, built in servers.items()}
        self.addresses: dict[str, Any] = self._floating_ips(place, args.environment, servers, around)
        self.register_outputs({"id": self.id})

    def _project(self, args: ProjectArgs) -> pulumi.Output[str]:
        environment = args.environment
        built = openstack.identity.Project(
            environment.key,
            name=environment.name,
            description=environment.description,
            tags=list(environment.tags),
            enabled=True,
            opts=pulumi.ResourceOptions(parent=self, protect=True if args.protect else None),
        )
        identity: pulumi.Output[str] = built.id
        return identity

    def _place(self, args: ProjectArgs) -> Place:
        environment = args.environment
        options = pulumi.ResourceOptions(parent=self)
        for one in environment.grants:
            grant(environment.key, self.id, one, groups=args.groups, directory=args.directory, options=options)
        user = region_id({"id": args.ids.deployer} if args.ids.deployer else {}, "deployer's", "id")
        access = deployer_access(environment.key, self.id, user, args.directory, options)
        limits = quotas(environment.key, self.id, environment.quotas, options)
        provider = project_provider(environment.key, self.id, self, [access, *limits])
        return Place(
            tenant=args.tenant,
            key=environment.key,
            project_id=self.id,
            parent=self,
            provider=provider,
            protect=args.protect,
        )

    @staticmethod
    def _surroundings(place: Place, args: ProjectArgs) -> Surroundings:
        environment = args.environment
        routers = {external: router(place, external, args.ids) for external in environment.routers}
        groups = {one.name: security_group(place, one) for one in environment.security_groups}
        for one in environment.security_groups:
            for each in one.rules:
                rule(place, one.name, each, groups)
        return Surroundings(
            networks={one.name: network(place, one, routers) for one in environment.networks},
            shared_networks={one.name: shared_network(place, one, args.ids) for one in environment.shared_networks},
            security_groups=groups,
            server_groups={one.name: server_group(place, one) for one in environment.server_groups},
            keypairs=args.keypairs,
            ids=args.ids,
        )

    @staticmethod
    def _floating_ips(
        place: Place, environment: ProjectEnvironment, servers: Mapping[str, BuiltServer], around: Surroundings
    ) -> dict[str, Any]:
        return {
            one.name: floating_ip(place, one, servers[one.server], around.networks[one.network]).address
            for one in environment.floating_ips
        }
