"""A tenant's quota shared out among its projects, in the services' own names.

A further project has what its spec says and 0 of the rest; the main project has the tenant's quota less all that.
Two names are no amounts to share but limits of one thing: keypairs are counted per user, members per server group.
Each project has them as the tenant has them, unless it says otherwise. And every project has room for the security
group that Neutron makes in it at its first use, or it could never be used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orchestrator.errors import SpecError
from orchestrator.model.catalogue import Catalogue
from orchestrator.model.environment import Quotas
from orchestrator.model.project_key import MAIN
from orchestrator.model.quota import COMPUTE, NETWORK, NOT_SHARED, UNLIMITED, VOLUME
from orchestrator.model.quota_size import tenant_quota, tier_name
from orchestrator.model.tenant import Tenant

NEEDED: Final = {"securityGroups": 1, "securityGroupRules": 4}  # Neutron's group `default` and its rules


def project_quotas(catalogue: Catalogue, tenant: Tenant) -> Mapping[str, Quotas]:
    """Project key (`main`, or the project's name) -> quotas. Raises SpecError when projects take more than there is."""
    whole = tenant_quota(catalogue, tenant.quota)
    shares = {project.name: _share(whole, project.quota) for project in tenant.projects}
    shares[MAIN] = _rest(tenant.name, whole, shares)
    return {key: _spelled(catalogue, share) for key, share in shares.items()}


def _share(whole: Mapping[str, int], given: Mapping[str, int]) -> Mapping[str, int]:
    unsaid = {name: value if name in NOT_SHARED else NEEDED.get(name, 0) for name, value in whole.items()}
    return unsaid | dict(given)


def _rest(tenant: str, whole: Mapping[str, int], shares: Mapping[str, Mapping[str, int]]) -> Mapping[str, int]:
    rest = {}
    for name, value in whole.items():
        shared = value != UNLIMITED and name not in NOT_SHARED
        taken = sum(share[name] for share in shares.values()) if shared else 0
        if shared and taken > value:
            raise SpecError(
                f"tenant {tenant}: its projects take {taken} of {name}, its quota has {value}",
                hint="raise the tenant's quota or lower a project's",
            )
        rest[name] = value - taken
    return rest


def _spelled(catalogue: Catalogue, share: Mapping[str, int]) -> Quotas:
    return Quotas(
        compute={theirs: share[ours] for ours, theirs in COMPUTE.items()},
        volume={theirs: share[ours] for ours, theirs in VOLUME.items()},
        volume_by_tier=_by_tier(catalogue, share),
        network={theirs: share[ours] for ours, theirs in NETWORK.items()},
    )


def _by_tier(catalogue: Catalogue, share: Mapping[str, int]) -> Mapping[str, int]:
    """All three names of each tier: Cinder answers all, and what is not given would look like a change."""
    quotas = {}
    for tier in sorted(catalogue.tiers):
        quotas[f"gigabytes_{tier}"] = share[tier_name(tier)]
        quotas[f"snapshots_{tier}"] = UNLIMITED
        quotas[f"volumes_{tier}"] = UNLIMITED
    return quotas
