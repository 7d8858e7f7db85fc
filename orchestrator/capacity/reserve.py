"""What is kept free, so that a loss breaks no promise: the largest failure domain of each site, and a percentage.

"Largest" is asked per resource, among the hosts in use: the worst case for memory is not always the worst for disks.
The hosts kept back are taken out of the aggregate that they belong to, so that a site's figure is the sum of its
aggregates' figures. Nothing is kept back for the loss of a site: what must fit then is not at that site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from math import floor

from orchestrator.capacity.domains import domains
from orchestrator.capacity.hosts import CLASSES, HostSupply
from orchestrator.capacity.tally import tally
from orchestrator.model.capacity import Resource
from orchestrator.model.region import FailureDomain, Reserve

Cell = tuple[str, str, Resource]
"""Site, aggregate, resource."""


def after_reserve(hosts: Iterable[HostSupply], reserve: Reserve) -> Mapping[Cell, int]:
    """What may be handed out, by cell; 0 in a cell whose hosts are all kept back or out of use."""
    ordered = sorted(hosts, key=lambda host: host.site)
    by_site = [tuple(group) for _, group in groupby(ordered, key=lambda host: host.site)]
    amounts = tally(amount for group in by_site for resource in CLASSES for amount in _left(group, resource, reserve))
    return {cell: less_percent(amount, reserve) for cell, amount in amounts.items()}


def less_percent(amount: int, reserve: Reserve) -> int:
    """Less the part that is always kept free; rounded down, the percentage taken as written."""
    return floor(amount * (1 - Fraction(str(reserve.free_percent)) / 100))


def _left(hosts: tuple[HostSupply, ...], resource: Resource, reserve: Reserve) -> Iterable[tuple[Cell, int]]:
    """Every host of one site with what it gives: nothing, if it is kept back or out of use."""
    able = [host for host in hosts if resource in host.allocatable]
    in_use = [host for host in able if host.usable]
    kept = _kept(in_use, resource, reserve)
    for host in able:
        gives = host.usable and host.name not in kept
        yield (host.site, host.aggregate, resource), host.allocatable[resource] if gives else 0


def _kept(in_use: Sequence[HostSupply], resource: Resource, reserve: Reserve) -> frozenset[str]:
    """The hosts of one site that may be lost, by name."""
    amounts = {host.name: host.allocatable[resource] for host in in_use}
    if reserve.failure_domain is FailureDomain.SITE:
        return frozenset()
    if reserve.failure_domain is FailureDomain.HOST:
        return frozenset(sorted(amounts, key=lambda name: (-amounts[name], name))[: reserve.hosts])
    groups = [domain.hosts for domain in domains(in_use, reserve.failure_domain)]
    return max(groups, key=lambda group: sum(amounts[name] for name in group), default=frozenset())
