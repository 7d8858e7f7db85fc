"""The one judgement, of specs as of a running region: sums first, then the packing where sums fit."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.capacity.demand import promised
from orchestrator.capacity.ground import Ground
from orchestrator.capacity.hosts import CLASSES
from orchestrator.capacity.misfits import misfits
from orchestrator.capacity.region import ground_capacity
from orchestrator.capacity.shortfall import shortfalls
from orchestrator.model.capacity import RegionCapacity
from orchestrator.model.fit import Judgement, Promise, Shortfall
from orchestrator.model.region import FailureDomain
from orchestrator.model.tenant import Survives


def judgement(given: Ground, capacity: RegionCapacity | None = None) -> Judgement:
    """`capacity`: the ground's, where somebody has computed it already.

    Where vcpus or memory do not fit as a sum, packing says nothing new: the sum is to be mended first.

    Raises SpecError for a quota size that cannot be resolved.
    """
    sums = unfit_sums(given, capacity)
    short = {one.site for one in sums if one.promise is Promise.GUARANTEED and one.resource in CLASSES}
    return Judgement(shortfalls=sums, misfits=misfits(given, frozenset(short)))


def unfit_sums(given: Ground, capacity: RegionCapacity | None = None) -> tuple[Shortfall, ...]:
    """After the reserve; shares that survive nothing need only fit while nothing is lost."""
    spared = frozenset(one.name for one in promised(given.specs) if one.guarantee.survives is Survives.NONE)
    found = list(shortfalls(given.specs, capacity or ground_capacity(given), spared))
    if spared:
        whole = shortfalls(given.specs, ground_capacity(_nothing_lost(given)))
        known = {(one.promise, one.site, one.resource, one.pool) for one in found}
        found += [one for one in whole if (one.promise, one.site, one.resource, one.pool) not in known]
        found.sort(key=lambda one: one.promise is Promise.DECLARED)
    return tuple(one for one in found if one.site not in given.gone)


def _nothing_lost(given: Ground) -> Ground:
    """The percentage stays free, no domain is kept back."""
    reserve = replace(given.specs.region.reserve, hosts=0, failure_domain=FailureDomain.HOST)
    return replace(given, specs=replace(given.specs, region=replace(given.specs.region, reserve=reserve)))
