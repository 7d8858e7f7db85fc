"""Quotas are written in full: a name left out keeps whatever somebody set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.quota import COMPUTE, NETWORK, NOT_SHARED, VOLUME
from policies.guardrails.guardrail import Declared, ResourceGuardrail


def _as_pulumi(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


NAMES: Final = {
    "openstack:compute/quotaSetV2:QuotaSetV2": [_as_pulumi(name) for name in COMPUTE.values()],
    "openstack:blockstorage/quoteSetV3:QuoteSetV3": [*map(_as_pulumi, VOLUME.values()), "volumeTypeQuota"],
    "openstack:networking/quotaV2:QuotaV2": [_as_pulumi(name) for name in NETWORK.values()],
}
_OF_ONE_USER: Final = frozenset(_as_pulumi(COMPUTE[name]) for name in NOT_SHARED)


def _check(resource: Declared) -> Iterator[str]:
    wanted = NAMES.get(resource.kind, [])
    written = {name for name in wanted if name in resource.inputs}
    if written and written <= _OF_ONE_USER:
        return  # lifts the limits of a user, as for the one that deploys; grants no amount to a project
    if missing := [name for name in wanted if name not in written]:
        yield f"does not say {', '.join(missing)}; write the quota in full"


GUARDRAIL = ResourceGuardrail(
    name="whole-quotas",
    summary="Quotas of compute, volumes and networks are written in full.",
    check=_check,
)
