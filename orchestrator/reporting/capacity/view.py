"""What is shown: the figures of a region, or those of one site or one member alone, with where they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource, Source
from orchestrator.model.fit import Judgement, Promise
from orchestrator.model.headroom import Headroom
from orchestrator.model.region import FailureDomain
from orchestrator.model.snapshot import PartHealth
from orchestrator.model.specs import Specs

SUPPLY: Final = {Source.SPECS: "written in the specs", Source.CLOUD: "seen in the cloud"}

Place = tuple[str, Resource, str]
"""Site, resource, tier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Why a member's guaranteed share is not safe, without anybody else's figures.

    `resource`: of which the guaranteed shares of its site exceed what is there, all members together; None: its share
    finds no host, with nothing lost (`lost` None) or after the loss of a host, rack, feed or site.
    """

    resource: Resource | None = None
    lost: FailureDomain | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityView:
    """`site`, `tenant`: what the figures are narrowed to; empty: nothing.

    `ratios`: by promise, of each line of a site whose supply is known; infinite where there is nothing. `headroom`:
    empty where nobody knows what stands on the hosts.
    `taken_at`: seconds since the epoch; None: no cloud was asked. `trouble`: why the specs are those of an earlier
    reading. `risks`: of a member's view alone.
    """

    specs: Specs
    capacity: RegionCapacity
    judged: Judgement
    ratios: Mapping[Promise, Mapping[Place, float]] = field(default_factory=dict)
    headroom: Headroom = field(default_factory=Headroom)
    taken_at: float | None = None
    parts: tuple[PartHealth, ...] = ()
    site: str = ""
    tenant: str = ""
    trouble: str = ""
    risks: tuple[Risk, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether everything guaranteed, within the view, has its place."""
        return self.judged.fits and not self.risks

    @property
    def stale(self) -> tuple[PartHealth, ...]:
        """Parts of the cloud that did not answer when they were last asked."""
        return tuple(part for part in self.parts if not part.up)

    @property
    def partial(self) -> tuple[PartHealth, ...]:
        """Parts that answered and are not known for every project."""
        return tuple(part for part in self.parts if part.up and part.completeness < 1)

    @property
    def doubtful(self) -> tuple[PartHealth, ...]:
        """Parts that answered, with something to say about it."""
        return tuple(part for part in self.parts if part.up and part.notice)

    def ratio(self, line: CapacityLine, promise: Promise = Promise.DECLARED) -> float | None:
        """How much of what there is was promised; None: nothing of this can be, or nobody knows what there is."""
        whole = not line.aggregate
        return self.ratios.get(promise, {}).get((line.site, line.resource, line.tier)) if whole else None

    def of_site(self, site: str) -> CapacityView:
        """One site with the tenants that were promised something there; what is the region's is left out."""
        tenants = frozenset(one.name for one in self.specs.tenants.values() if one.site == site)
        judged = Judgement(
            shortfalls=tuple(one for one in self.judged.shortfalls if one.site == site),
            misfits=tuple(one for one in self.judged.misfits if one.site == site),
        )
        room = Headroom(
            free=tuple(one for one in self.headroom.free if one.site == site),
            slots=tuple(one for one in self.headroom.slots if one.site == site),
            stranded=tuple(one for one in self.headroom.stranded if one.site == site),
        )
        return replace(self, site=site, capacity=self._narrowed(tenants, site), judged=judged, headroom=room)

    def of_tenant(self, tenant: str) -> CapacityView:
        """A member's own figures, and nothing that tells of other members or of hosts: no sites, no services' words."""
        return replace(
            self,
            tenant=tenant,
            capacity=self._narrowed(frozenset({tenant}), site=None),
            judged=Judgement(),
            ratios={},
            headroom=Headroom(),
            parts=tuple(replace(part, error="", notice="", statuses={}, calls=0, seconds=0.0) for part in self.parts),
            risks=_risks(self.judged, tenant),
        )

    def _narrowed(self, tenants: frozenset[str], site: str | None) -> RegionCapacity:
        known = (one.state.value for one in self.specs.tenants.values() if one.name in tenants)
        return replace(
            self.capacity,
            sites=tuple(line for line in self.capacity.sites if line.site == site),
            aggregates=tuple(line for line in self.capacity.aggregates if line.site == site),
            tenants=tuple(line for line in self.capacity.tenants if line.tenant in tenants),
            states=dict(sorted(Counter(known).items())),
        )


def _risks(judged: Judgement, tenant: str) -> tuple[Risk, ...]:
    """Oversold quotas are no risk of a guaranteed share."""
    short = (
        Risk(resource=one.resource)
        for one in judged.shortfalls
        if one.promise is Promise.GUARANTEED and tenant in dict(one.tenants)
    )
    unplaced = (Risk(lost=one.loss.kind if one.loss else None) for one in judged.misfits if tenant in one.tenants)
    return tuple(dict.fromkeys((*short, *unplaced)))
