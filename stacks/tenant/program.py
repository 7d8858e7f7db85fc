"""A tenant's program: its groups, its keys, and its projects with everything in them."""

from __future__ import annotations

from collections.abc import Callable

import pulumi

from orchestrator.model.environment import TenantEnvironment
from orchestrator.model.known_ids import KnownIds
from stacks.components.access import group
from stacks.components.directory import Directory
from stacks.components.keypair import keypair
from stacks.components.project import Project, ProjectArgs


def tenant_program(environment: TenantEnvironment, ids: KnownIds) -> Callable[[], None]:
    """`ids`: what other stacks export; an id missing there is unknown to a preview, an error otherwise.

    Exports what `KnownIds.of` reads of a tenant: `projects` (key -> id), `networks` (name -> ids of network and
    subnet). Then what tells the next plan how things were: `shared_networks` (owner -> names), which were used, and
    `opened_containers` (name -> `<tenant>/<project>` -> access), which others could use; `servers` and `floating_ips`
    (project key -> name -> id, address).
    """

    def program() -> None:
        directory = Directory()
        groups = {name: group(name) for name in environment.groups}
        keypairs = {one.name: keypair(environment.tenant, one) for one in environment.ssh_keys}
        projects = {
            one.key: Project(
                ProjectArgs(
                    tenant=environment.tenant,
                    environment=one,
                    protect=environment.protect,
                    groups=groups,
                    keypairs=keypairs,
                    directory=directory,
                    ids=ids,
                )
            )
            for one in environment.projects
        }
        pulumi.export("projects", {key: one.id for key, one in projects.items()})
        pulumi.export("networks", {name: ids for one in projects.values() for name, ids in one.network_ids.items()})
        pulumi.export("shared_networks", {owner: list(names) for owner, names in environment.used_networks.items()})
        pulumi.export("opened_containers", {name: dict(may) for name, may in environment.opened_containers.items()})
        pulumi.export("servers", {key: one.server_ids for key, one in projects.items()})
        pulumi.export("floating_ips", {key: one.addresses for key, one in projects.items()})

    return program
