"""What may be lost of one site, which of it is the largest, and what is left then. Each loss is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from orchestrator.capacity.domains import domains
from orchestrator.capacity.headroom.evacuation import Evacuation
from orchestrator.capacity.hosts import CLASSES, HostSupply
from orchestrator.capacity.packing.pack import Packing
from orchestrator.model.capacity import Resource
from orchestrator.model.fit import Domain
from orchestrator.model.headroom import Lost
from orchestrator.model.region import FailureDomain

KINDS: Final = {Lost.HOST: FailureDomain.HOST, Lost.RACK: FailureDomain.RACK}
"""What may be lost of a site and leave something of it."""


class SiteLosses:
    """`hosts`: of the site, in use."""

    def __init__(self, hosts: Sequence[HostSupply], evacuation: Evacuation) -> None:
        self._hosts = {host.name: host for host in hosts}
        self._domains = {lost: domains(hosts, kind) for lost, kind in KINDS.items()}
        self._evacuation = evacuation
        self._left: dict[frozenset[str], Packing] = {}

    def largest(self, lost: Lost, resource: Resource, among: Iterable[HostSupply]) -> Domain | None:
        """The domain whose hosts `among` these give most; of equal ones that on which most is taken.

        None: none of them is in a domain of that kind.
        """
        names = frozenset(host.name for host in among)
        touched = [domain for domain in self._domains[lost] if domain.hosts & names]
        return max(touched, key=lambda domain: self._size(domain, names, resource), default=None)

    def worst(self, lost: Lost, among: Sequence[HostSupply] | None = None) -> tuple[Domain, ...]:
        """The largest one by each resource, each once; `among` all hosts of the site if it is not said."""
        some = tuple(self._hosts.values()) if among is None else among
        there = [resource for resource in CLASSES if any(host.allocatable.get(resource) for host in some)]
        found = (self.largest(lost, resource, some) for resource in there)
        return tuple(dict.fromkeys(domain for domain in found if domain))

    def left(self, lost: frozenset[str]) -> Packing:
        """The other hosts once what stood on the lost ones was placed again."""
        if lost not in self._left:
            self._left[lost] = self._evacuation.after(lost)
        return self._left[lost]

    def _size(self, domain: Domain, names: frozenset[str], resource: Resource) -> tuple[int, int, str]:
        hosts = [self._hosts[name] for name in domain.hosts & names]
        gives = sum(host.allocatable.get(resource, 0) for host in hosts)
        return gives, sum(host.used.get(resource, 0) for host in hosts), domain.name
