"""What stood on lost hosts, put on the hosts that are left beside what stands there.

Servers are pieces as they are. What Placement has given out besides (servers that may not be seen on their host, moves
under way) is cut into parts like the fluid rest of a guaranteed share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from orchestrator.capacity.grain import parts
from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.packing.pack import Packing, pack
from orchestrator.capacity.packing.piece import Piece, Vector
from orchestrator.capacity.placement import bin_of, vector
from orchestrator.capacity.tally import tally
from orchestrator.model.capacity import Resource
from orchestrator.model.catalogue import Catalogue
from orchestrator.model.snapshot import ServerUse


class Evacuation:
    """`hosts`: of one site, in use. `servers`: by the host that they are on."""

    def __init__(
        self, catalogue: Catalogue, hosts: Sequence[HostSupply], servers: Mapping[str, Sequence[ServerUse]]
    ) -> None:
        self._catalogue = catalogue
        self._hosts = hosts
        self._servers = servers
        self._everywhere = frozenset(_place(host) for host in hosts)
        self._bound = frozenset(
            (one.aggregate, one.vcpus, one.memory_mib) for one in catalogue.flavors.values() if one.aggregate
        )

    def after(self, lost: frozenset[str]) -> Packing:
        """The other hosts with what stood on the lost ones: their `free`, and what is `left` without a host."""
        demand = tally(pair for host in self._hosts if host.name in lost for pair in self._pieces(host))
        return pack([bin_of(host, beside=True) for host in self._hosts if host.name not in lost], demand)

    def _pieces(self, host: HostSupply) -> Iterator[tuple[Piece, int]]:
        disk_told = Resource.DISK in host.allocatable  # else disks are not the hosts'
        seen = [
            (one.vcpus, one.memory_mib, one.disk_gib if disk_told else 0) for one in self._servers.get(host.name, ())
        ]
        for size in seen:
            yield Piece(size=size, places=self._places(host, size)), 1
        vcpus, memory, disk = _rest(vector(host.used), seen)
        unseen = [*parts(self._catalogue, vcpus, memory)]
        number = sum(count for count, _, _ in unseen)
        for count, each_vcpus, each_memory in unseen:
            yield Piece(size=(each_vcpus, each_memory, disk // number), places=self._everywhere), count

    def _places(self, host: HostSupply, size: Vector) -> frozenset[str]:
        """A server of a size that a flavor of its aggregate has stays in it; all others may stand anywhere."""
        bound = (host.aggregate, *size[:2]) in self._bound
        return frozenset({_place(host)}) if bound else self._everywhere


def _place(host: HostSupply) -> str:
    return f"{host.site}/{host.aggregate}"


def _rest(used: Vector, seen: Iterable[Vector]) -> Vector:
    """What is taken by nothing that is seen; never below 0, the two are not read at the same moment."""
    known = [sum(column) for column in zip(*seen, strict=True)] or [0] * len(used)
    return tuple(max(0, amount - part) for amount, part in zip(used, known, strict=True))
