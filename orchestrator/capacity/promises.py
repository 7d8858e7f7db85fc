"""The judgement as figures: 0 where a promise is kept, so that what was mended shows as mended."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.capacity.ground import Ground
from orchestrator.capacity.losses import kind_losses
from orchestrator.capacity.placement import Placement
from orchestrator.capacity.ratio import promise_of
from orchestrator.capacity.trial import Trial
from orchestrator.model.capacity import CapacityLine, RegionCapacity, Resource
from orchestrator.model.fit import Judgement, Promise
from orchestrator.model.headroom import Lost
from orchestrator.model.region import FailureDomain
from orchestrator.model.specs import Specs


def missing(capacity: RegionCapacity, judged: Judgement) -> Iterator[tuple[Promise, CapacityLine, int]]:
    """By how much promises exceed the supply of each line of a site. Tiers of one pool each have that of the pool."""
    short = {(one.promise, one.site, one.resource, one.pool): one.missing for one in judged.shortfalls}
    for promise in Promise:
        for line in capacity.sites:
            if line.resource is not Resource.SERVERS and promise_of(line, promise) is not None:
                yield promise, line, short.get((promise, line.site, line.resource, line.pool), 0)


def unplaced(given: Ground) -> Iterator[tuple[str, Lost, int]]:
    """How many tenants' guaranteed shares find no host: at each site, after the worst loss of each kind.

    Whatever the reserve promises: with a host, rack or feed lost all shares count but those that survive nothing; with
    the site those that survive it, at the others. Feeds where the reserve names them.
    """
    trial = Trial(given)
    sites = sorted({*given.specs.sites, *trial.shares.by_site} - given.gone)
    standing = {site: trial.standing(site) for site in sites}
    worst = {(site, Lost.NONE): _tenants(placed) for site, placed in standing.items()}
    for lost, kind in _kinds(given.specs).items():
        for loss in kind_losses(given.specs, given.hosts, kind):
            if (site := loss.domain.site) in standing:
                number = _tenants(trial.after(loss, standing[site]))
                worst[site, lost] = max(number, worst.get((site, lost), 0))
    yield from ((site, lost, number) for (site, lost), number in worst.items())


def _kinds(specs: Specs) -> dict[Lost, FailureDomain]:
    feeds = specs.region.reserve.failure_domain is FailureDomain.FEED
    return {Lost(kind.value): kind for kind in FailureDomain if feeds or kind is not FailureDomain.FEED}


def _tenants(placed: Placement) -> int:
    return len({item.tenant for item, _ in placed.unplaced})
