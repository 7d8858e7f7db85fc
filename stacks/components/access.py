"""Who may do what in a project: Keystone groups made here, users of the directory, and the deploying user itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.environment import RoleGrant
from stacks.components.directory import Directory

DEPLOYER_ROLE: Final = "member"
"""All that OpenStack's default policies ask for what is made inside a project."""


def group(name: str) -> openstack.identity.GroupV3:
    return openstack.identity.GroupV3(name, name=name)


def grant(
    key: str,
    project_id: pulumi.Input[str],
    environment: RoleGrant,
    *,
    groups: Mapping[str, openstack.identity.GroupV3],
    directory: Directory,
    options: pulumi.ResourceOptions,
) -> None:
    """One role for one group or user."""
    role = directory.role(environment.role)
    if environment.group:
        openstack.identity.RoleAssignment(
            f"{key}/group/{environment.group}/{environment.role}",
            project_id=project_id,
            group_id=groups[environment.group].id,
            role_id=role,
            opts=options,
        )
    else:
        openstack.identity.RoleAssignment(
            f"{key}/user/{environment.user}/{environment.role}",
            project_id=project_id,
            user_id=directory.user(environment.user),
            role_id=role,
            opts=options,
        )


def deployer_access(
    key: str,
    project_id: pulumi.Input[str],
    user_id: pulumi.Input[str],
    directory: Directory,
    options: pulumi.ResourceOptions,
) -> openstack.identity.RoleAssignment:
    """Without it the deploying user, administrator or not, gets no token of the project."""
    return openstack.identity.RoleAssignment(
        f"{key}/deployer",
        project_id=project_id,
        user_id=user_id,
        role_id=directory.role(DEPLOYER_ROLE),
        opts=options,
    )
