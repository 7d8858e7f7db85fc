"""Ids that became others since a step was planned: what its reviewers saw was decided with those from before."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.environment import TenantEnvironment
from orchestrator.model.known_ids import KnownIds


def changed_ids(environment: TenantEnvironment, planned: KnownIds, now: KnownIds) -> str:
    """Why the step must be planned again; empty: each id that it uses is still the same, or was not known yet.

    A port on another network is another port, and its server with it; another project is somebody else who is let in.
    What the region's step made anew is not asked about: servers keep the image that they were made from, and routers
    move to the network that the same plan has shown.
    """
    others = (what for what, before, after in _used(environment, planned, now) if before and after and before != after)
    return next((f"{what} is another one than when this was planned; plan again" for what in others), "")


def _used(
    environment: TenantEnvironment, planned: KnownIds, now: KnownIds
) -> Iterator[tuple[str, object | None, object | None]]:
    """Each object of another tenant: in words, its ids when the step was planned, and now."""
    for shared in environment.shared_networks:
        owner, name = shared.owner, shared.network
        yield f"network {name} of tenant {owner}", planned.network(owner, name), now.network(owner, name)
    for grant in sorted(environment.container_grants, key=lambda one: (one.tenant, one.project)):
        whose, key = grant.tenant, grant.project
        yield f"project {key} of tenant {whose}", planned.project(whose, key), now.project(whose, key)
