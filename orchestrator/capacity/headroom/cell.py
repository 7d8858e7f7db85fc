"""The hosts in use of one site and aggregate, and what is free on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from orchestrator.capacity.headroom.site_losses import KINDS, SiteLosses
from orchestrator.capacity.hosts import CLASSES, HostSupply
from orchestrator.capacity.packing.filled import Filled
from orchestrator.capacity.packing.piece import Bin, Piece
from orchestrator.capacity.placement import bin_of
from orchestrator.model.capacity import Resource
from orchestrator.model.catalogue import Flavor
from orchestrator.model.fit import Domain
from orchestrator.model.headroom import FreeLine, Lost, SlotLine


@dataclass(frozen=True, slots=True, kw_only=True)
class HostCell:
    """`flavors`: those whose servers may stand there; `known`: resources of which a host tells what it has."""

    site: str
    aggregate: str
    hosts: tuple[HostSupply, ...]
    flavors: tuple[Flavor, ...]
    known: frozenset[Resource]

    def free(self, losses: SiteLosses) -> Iterator[FreeLine]:
        for resource in (one for one in CLASSES if one in self.known):
            taken = sum(host.used.get(resource, 0) for host in self.hosts)
            yield self._free(resource, Lost.NONE, self._gives(resource) - taken)
            for lost in KINDS:
                if domain := losses.largest(lost, resource, self.hosts):
                    amount = self._gives(resource, domain.hosts) - taken
                    yield self._free(resource, lost, amount, domain.name)

    def slots(self, losses: SiteLosses) -> Iterator[SlotLine]:
        now = self._fitting(bin_of(host, beside=True) for host in self.hosts)
        yield from (self._slot(name, Lost.NONE, servers) for name, servers in now.items())
        for lost in KINDS:
            after = [(self._fitting(self._left(losses, one)), one.name) for one in losses.worst(lost, self.hosts)]
            for name in now if after else ():
                servers, domain = min((fitting[name], domain) for fitting, domain in after)
                yield self._slot(name, lost, servers, domain)

    def _left(self, losses: SiteLosses, lost: Domain) -> Iterable[Bin]:
        """The other hosts with what is free on them once the lost ones' servers have their place."""
        free = losses.left(lost.hosts).free
        return (replace(bin_of(host), size=free[host.name]) for host in self.hosts if host.name in free)

    def _gives(self, resource: Resource, lost: frozenset[str] = frozenset()) -> int:
        return sum(host.allocatable.get(resource, 0) for host in self.hosts if host.name not in lost)

    def _fitting(self, bins: Iterable[Bin]) -> dict[str, int]:
        """Flavor -> servers. Pieces of one kind are packed best by filling every bin with them."""
        filled = [Filled(one) for one in bins]
        return {flavor.name: sum(one.room(_piece(flavor)) for one in filled) for flavor in self.flavors}

    def _free(self, resource: Resource, lost: Lost, amount: int, domain: str = "") -> FreeLine:
        return FreeLine(
            site=self.site, aggregate=self.aggregate, resource=resource, lost=lost, amount=amount, domain=domain
        )

    def _slot(self, flavor: str, lost: Lost, servers: int, domain: str = "") -> SlotLine:
        return SlotLine(
            site=self.site, aggregate=self.aggregate, flavor=flavor, lost=lost, servers=servers, domain=domain
        )


def _piece(flavor: Flavor) -> Piece:
    """A server with its disk on the host, which one that boots from a volume does not need."""
    return Piece(size=(flavor.vcpus, flavor.memory_mib, flavor.disk_gib), places=frozenset())
