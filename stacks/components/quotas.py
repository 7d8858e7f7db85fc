"""A project's quotas, always written in full: a name left out would keep whatever somebody set by hand."""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.environment import Quotas


def quotas(
    key: str, project_id: pulumi.Input[str], environment: Quotas, options: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Of the three services, by the deploying credential: a project may not raise its own."""
    by_tier = {name: str(value) for name, value in environment.volume_by_tier.items()}
    return [
        openstack.compute.QuotaSetV2(key, project_id=project_id, opts=options, **environment.compute),
        openstack.blockstorage.QuoteSetV3(
            key, project_id=project_id, volume_type_quota=by_tier, opts=options, **environment.volume
        ),
        openstack.networking.QuotaV2(key, project_id=project_id, opts=options, **environment.network),
    ]
