"""A tenant's program: its groups, its keys, and its projects with everything in them."""

from __future__ import annotations

from collections.abc import Callable

import pulumi

from orchestrator.model.environment import RegionOutputs, TenantEnvironment
from stacks.components.access import group
from stacks.components.directory import Directory
from stacks.components.keypair import keypair
from stacks.components.project import Project, ProjectArgs


def tenant_program(environment: TenantEnvironment, outputs: RegionOutputs) -> Callable[[], None]:
    """`outputs`: what the region's stack exports; an id missing there is unknown to a preview, an error otherwise.

    Exports `projects` (key -> id), `servers` and `floating_ips` (project key -> name -> id, address).
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
                    outputs=outputs,
                )
            )
            for one in environment.projects
        }
        pulumi.export("projects", {key: one.id for key, one in projects.items()})
        pulumi.export("servers", {key: one.server_ids for key, one in projects.items()})
        pulumi.export("floating_ips", {key: one.addresses for key, one in projects.items()})

    return program
