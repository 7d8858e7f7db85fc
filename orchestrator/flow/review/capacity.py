"""Part three: what sites have left before and after, and whose loss is not outlived any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orchestrator.capacity.ground import ground
from orchestrator.capacity.region import region_capacity
from orchestrator.capacity.what_if.sweep import sweep
from orchestrator.model.capacity import CapacityLine, Resource
from orchestrator.model.fit import Misfit
from orchestrator.model.fit_text import misfit_text
from orchestrator.model.region import FailureDomain
from orchestrator.model.review import CapacityDelta, LossDelta, Room, RoomDelta
from orchestrator.model.specs import Specs

LOSSES: Final = (FailureDomain.HOST, FailureDomain.RACK, FailureDomain.FEED, FailureDomain.SITE)
_Key = tuple[str, int, str, str]


def capacity_delta(before: Specs | None, after: Specs) -> CapacityDelta:
    """Raises SpecError for a quota size that cannot be resolved."""
    was, now = _rooms(before) if before else {}, _rooms(after)
    lost_before = _not_outlived(before) if before else {}
    lost = _not_outlived(after)
    return CapacityDelta(
        rooms=tuple(RoomDelta(before=was.get(key), after=now.get(key)) for key in sorted({*was, *now})),
        losses=tuple(
            LossDelta(domain=domain, text=misfit_text(misfit), new=domain not in lost_before)
            for domain, misfit in lost.items()
        ),
        outlived=tuple(domain for domain in lost_before if domain not in lost),
    )


def _rooms(specs: Specs) -> Mapping[_Key, Room]:
    lines = region_capacity(specs).sites
    kept = [line for line in lines if line.resource is not Resource.SERVERS and line.allocatable is not None]
    return {(line.site, line.resource.rank, line.pool, line.tier): _room(line) for line in kept}


def _room(line: CapacityLine) -> Room:
    there = line.allocatable or 0
    return Room(
        site=line.site,
        resource=line.resource,
        tier=line.tier,
        allocatable=line.allocatable,
        free=None if line.guaranteed is None else there - line.guaranteed,
        unsold=None if line.declared is None else there - line.declared,
    )


def _not_outlived(specs: Specs) -> Mapping[str, Misfit]:
    given = ground(specs)
    lines = [line for kind in LOSSES for line in sweep(given, kind)]
    return {line.domain.text: line.misfit for line in lines if line.misfit}
