"""The provider that works inside a project: the deploying identity with a token of that project.

Not `pulumi_openstack.Provider`: that class fills what it is not given from this process's OS_CLOUD, OS_REGION_NAME
and others, which would then stand in the state and differ from machine to machine. No credential is given either:
the engine takes it from its environment.
"""

from __future__ import annotations

import pulumi

from stacks.version import PROVIDER_VERSION


def project_provider(
    key: str, project_id: pulumi.Input[str], parent: pulumi.Resource, after: list[pulumi.Resource]
) -> pulumi.ProviderResource:
    """`after`: what must be there before the project is used, and must outlast all that is in it."""
    options = pulumi.ResourceOptions(parent=parent, depends_on=after, version=PROVIDER_VERSION)
    return pulumi.ProviderResource("openstack", key, {"tenantId": project_id}, options)
