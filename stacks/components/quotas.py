"""A project's quotas, always written in full: a name left out would keep whatever somebody set by hand.

But for those of Cinder's own type `__DEFAULT__`, which an operator may take away: Pulumi's own engine reads them back
and would want to unset them at each look.
"""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.environment import Quotas

_NOBODYS = [f"volumeTypeQuota.{what}___DEFAULT__" for what in ("gigabytes", "snapshots", "volumes")]


def quotas(
    key: str, project_id: pulumi.Input[str], environment: Quotas, options: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Of the three services, by the deploying credential: a project may not raise its own."""
    volume = pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(ignore_changes=_NOBODYS))
    by_tier = {name: str(value) for name, value in environment.volume_by_tier.items()}
    return [
        openstack.compute.QuotaSetV2(key, project_id=project_id, opts=options, **environment.compute),
        openstack.blockstorage.QuoteSetV3(
            key, project_id=project_id, volume_type_quota=by_tier, opts=volume, **environment.volume
        ),
        openstack.networking.QuotaV2(key, project_id=project_id, opts=options, **environment.network),
    ]
