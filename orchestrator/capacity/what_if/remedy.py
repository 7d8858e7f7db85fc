"""What to buy: the smallest number of machines like an existing one that makes a site fit, found by trying.

Every number is tried by the judgement itself: a sum would promise too much. New machines hang in the site's racks in
turn, so that they are not all lost with one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from orchestrator.capacity.ground import Ground
from orchestrator.capacity.hosts import CLASSES, HostSupply
from orchestrator.capacity.what_if.change import more_hosts
from orchestrator.model.capacity import Resource
from orchestrator.model.fit import Judgement
from orchestrator.model.region import FailureDomain
from orchestrator.model.tenant import Survives, Tenant
from orchestrator.model.what_if import Remedy

KINDS: Final = 4  # kinds of machines tried at a site
STEPS: Final = 4  # the step from which on it is asked whether any number helps
MANY: Final = 256  # machines more than the sum needs, at most

Kind = tuple[str, tuple[int, ...]]
"""Aggregate, memory and vcpus."""

Judge = Callable[[Ground], Judgement]


def remedies(given: Ground, judged: Judgement, judge: Judge) -> tuple[Remedy, ...]:
    """For every site where hosts are missing, the cheapest first; after the loss of a site, for each other site."""
    losses = [one for one in judged.misfits if one.loss and one.loss.kind is FailureDomain.SITE]
    here = {one.site for one in judged.guaranteed if one.resource in CLASSES}
    here |= {one.site for one in judged.misfits if one not in losses}
    lost = {one.site for one in losses}
    elsewhere = {host.site for host in given.hosts} - lost - here if losses else set()
    found = [one for site in sorted(here) for one in _at(_alone(given, site), judged, _kinds(given, site), site, judge)]
    found += [one for site in sorted(elsewhere) for one in _at(given, judged, _kinds(given, site), site, judge)]
    return tuple(sorted(found, key=lambda one: (one.site, not one.count, one.price or 0.0, one.like)))


def _at(given: Ground, judged: Judgement, kinds: Sequence[HostSupply], site: str, judge: Judge) -> Iterator[Remedy]:
    racks = _racks(given, site)
    for like in kinds:
        count = _smallest(partial(_enough, given, like, racks, judge), _at_least(judged, site, like))
        yield Remedy(site=site, like=like.name, count=count, price=_price(given, like, count))


def _enough(given: Ground, like: HostSupply, racks: Sequence[str], judge: Judge, count: int) -> bool:
    return judge(more_hosts(given, like, count, racks)).fits_hosts


def _alone(given: Ground, site: str) -> Ground:
    """One site as if it were the region, which is quicker to judge; nobody moves to it or from it."""
    tenants = {name: _bound(one) for name, one in given.specs.tenants.items() if one.site == site}
    hosts = tuple(host for host in given.hosts if host.site == site)
    return replace(given, specs=replace(given.specs, tenants=tenants), hosts=hosts, gone=frozenset())


def _bound(tenant: Tenant) -> Tenant:
    if tenant.guarantee.survives is not Survives.SITE:
        return tenant
    return replace(tenant, guarantee=replace(tenant.guarantee, survives=Survives.HOST))


def _kinds(given: Ground, site: str) -> Sequence[HostSupply]:
    """Of each aggregate the commonest host and the largest, lost ones too; of the region, where the site has none."""
    known = [host for host in (*given.hosts, *given.lost) if host.usable]
    there = [host for host in known if host.site == site] or [replace(host, site=site, rack="") for host in known]
    kinds = Counter(map(_kind, there))
    by_aggregate: dict[str, list[Kind]] = {}
    for kind, _ in kinds.most_common():
        by_aggregate.setdefault(kind[0], []).append(kind)
    chosen = [kind for some in by_aggregate.values() for kind in dict.fromkeys((some[0], max(some)))]
    first = {_kind(host): host for host in reversed(there)}
    return [first[kind] for kind in chosen[:KINDS]]


def _kind(host: HostSupply) -> Kind:
    return host.aggregate, tuple(host.allocatable.get(resource, 0) for resource in (Resource.MEMORY, Resource.VCPUS))


def _racks(given: Ground, site: str) -> tuple[str, ...]:
    """Of the site, the emptiest first."""
    filled = Counter(host.rack for host in given.hosts if host.site == site and host.rack)
    return tuple(rack for rack, _ in sorted(filled.items(), key=lambda pair: (pair[1], pair[0])))


def _at_least(judged: Judgement, site: str, like: HostSupply) -> int:
    """What the sum says: fewer machines than that need not be tried."""
    sums = ((one.missing, like.allocatable.get(one.resource, 0)) for one in judged.guaranteed if one.site == site)
    return max((-(-missing // each) for missing, each in sums if each), default=1)


def _smallest(fits: Callable[[int], bool], least: int) -> int:
    """In growing steps from `least`, then by halving; 0 when even very many do not help. More never fit less."""
    low, step = least - 1, 1
    while not fits(low + step):
        if step == STEPS and not fits(least + MANY):  # a server larger than the machine fits on no number of them
            return 0
        if low + step > least + MANY:
            return 0
        low, step = low + step, step * 2
    high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high


def _price(given: Ground, like: HostSupply, count: int) -> float | None:
    spec = given.specs.hosts.get(like.name)
    return spec.purchase.price * count if spec else None
