"""The judgement as figures: 0 where a promise is kept, so that what was mended shows as mended."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.capacity.demand import promised
from orchestrator.capacity.ground import Ground
from orchestrator.capacity.hosts import CLASSES
from orchestrator.capacity.losses import promised_losses
from orchestrator.capacity.ratio import promise_of
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource
from orchestrator.model.fit import Judgement, Promise
from orchestrator.model.headroom import Lost


def missing(capacity: RegionCapacity, judged: Judgement) -> Iterator[tuple[Promise, CapacityLine, int]]:
    """By how much promises exceed the supply of each line of a site. Tiers of one pool each have that of the pool."""
    short = {(one.promise, one.site, one.resource, one.pool): one.missing for one in judged.shortfalls}
    for promise in Promise:
        for line in capacity.sites:
            if line.resource is not Resource.SERVERS and promise_of(line, promise) is not None:
                yield promise, line, short.get((promise, line.site, line.resource, line.pool), 0)


def unplaced(given: Ground, judged: Judgement) -> Iterator[tuple[str, Lost, int]]:
    """How many tenants' guaranteed shares find no host: at each site, after the worst of each kind of promised loss.

    Only what was judged: a site whose sum does not fit is not packed, and no loss is tried where something finds no
    host already.
    """
    tenants = {(one.site, one.loss and one.loss.kind): len(one.tenants) for one in judged.misfits}
    short = {one.site for one in judged.guaranteed if one.resource in CLASSES}
    sites = sorted({one.site for one in promised(given.specs)} - short)
    kinds = {(loss.domain.site, loss.domain.kind) for loss in promised_losses(given.specs, given.hosts)}
    for site in sites:
        standing = tenants.get((site, None), 0)
        yield site, Lost.NONE, standing
        for kind in sorted(kind for where, kind in kinds if where == site and not standing):
            yield site, Lost(kind.value), tenants.get((site, kind), 0)
