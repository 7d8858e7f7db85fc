"""What is kept free, so that the loss of hosts breaks no promise: the N largest hosts of each site, and a percentage.

"Largest" is asked per resource, among the hosts in use: the worst case for memory is not always the worst for disks.
The hosts kept back are taken out of the aggregate that they belong to, so that a site's figure is the sum of its
aggregates' figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby
from math import floor

from orchestrator.capacity.hosts import CLASSES, HostSupply
from orchestrator.capacity.tally import tally
from orchestrator.model.capacity import Resource
from orchestrator.model.region import Reserve

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
    in_use = sorted((host for host in able if host.usable), key=lambda host: (-host.allocatable[resource], host.name))
    giving = {host.name for host in in_use[reserve.hosts :]}
    for host in able:
        yield (host.site, host.aggregate, resource), host.allocatable[resource] if host.name in giving else 0
