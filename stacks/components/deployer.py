"""The user that carries out the stacks, as Keystone knows it: keypairs belong to it, projects must let it in."""

from __future__ import annotations

from typing import Any, Final

import pulumi
import pulumi_openstack as openstack

_UNLIMITED: Final = -1


def deployer() -> pulumi.Output[str]:
    """Its user id.

    Nova counts keypairs per user against the quota of the project where they are made: all tenants' keys are ours,
    in our own project, whose default of 100 the first hundred keys would use up.
    """
    scope: Any = openstack.identity.get_auth_scope_output(name="deployer")
    openstack.compute.QuotaSetV2(
        "deployer",
        project_id=scope.project_id,
        key_pairs=_UNLIMITED,
        # a plan may look with another credential, whose project is not meant
        opts=pulumi.ResourceOptions(ignore_changes=["projectId"]),
    )
    user: pulumi.Output[str] = scope.user_id
    return user
