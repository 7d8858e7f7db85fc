"""Which tenants' guaranteed shares rest on which hosts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from orchestrator.model.specs import Specs
from policies.placement import Place, Placement
from policies.rule import living


def guaranteed_at(specs: Specs, placement: Placement) -> Mapping[Place, tuple[str, ...]]:
    """Site and aggregate -> tenants whose cores or memory must outlive a loss there; places sorted."""
    shares: dict[Place, list[str]] = defaultdict(list)
    for tenant in living(specs):
        for place in placement.of_share(tenant):
            shares[place].append(tenant.name)
    return {place: tuple(shares[place]) for place in sorted(shares)}
