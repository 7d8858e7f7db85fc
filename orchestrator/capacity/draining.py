"""Where the servers of one host can go: packed on the other hosts of its aggregate, beside what stands there.

Stricter than Nova, which would let a server without a bound flavor leave its aggregate: an aggregate is what a member
was promised (class of data, kind of machine). Servers that must stand apart by their group do so here too; what else
Nova asks of a host (traits, affinity) it says itself when a move is begun.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.packing.pack import Packing, pack
from orchestrator.capacity.packing.piece import Piece, Vector
from orchestrator.capacity.placement import Placement, amounts, bin_of
from orchestrator.capacity.tally import tally
from orchestrator.model.capacity import Resource
from orchestrator.model.fit import Amounts, Hole
from orchestrator.model.host_duty import CarriedServer, ServerGroup

ANTI_AFFINITY: Final = "anti-affinity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departures:
    """`targets`: server id -> the host on which it fits, then the others on which it may stand.

    `left`: servers that find none; `missing`: what they take; `hole`: the largest room that is left, if there is any.
    """

    targets: Mapping[str, tuple[str, ...]]
    left: tuple[CarriedServer, ...] = ()
    missing: Amounts
    hole: Hole | None = None


def departures(
    source: HostSupply,
    hosts: Sequence[HostSupply],
    servers: Sequence[CarriedServer],
    groups: Sequence[ServerGroup] = (),
    standing: Mapping[str, frozenset[str]] | None = None,
) -> Departures:
    """`hosts`: the region's, those out of use included; `standing`: group id -> hosts of its other members."""
    able = [one for one in hosts if one.usable and one.name != source.name and _cell(one) == _cell(source)]
    apart = {member: group.id for group in groups if group.policy == ANTI_AFFINITY for member in group.members}
    pieces = {one.id: _piece(one, able, apart.get(one.id, ""), standing or {}) for one in servers}
    bins = [replace(bin_of(host, beside=True), place=host.name) for host in able]
    packing = pack(bins, tally((piece, 1) for piece in pieces.values()))
    placed = dict(_placed(packing, pieces))
    left = tuple(one for one in servers if one.id not in placed)
    return Departures(
        targets={id_: (host, *sorted(pieces[id_].places - {host})) for id_, host in placed.items()},
        left=left,
        missing=amounts(_sum([_size(one, disk=_disk_told(able)) for one in left])),
        hole=Placement(packing=packing, unplaced=()).hole,
    )


def _cell(host: HostSupply) -> tuple[str, str]:
    return host.site, host.aggregate


def _piece(
    server: CarriedServer, able: Sequence[HostSupply], group: str, standing: Mapping[str, frozenset[str]]
) -> Piece:
    places = frozenset(host.name for host in able) - standing.get(group, frozenset())
    return Piece(size=_size(server, disk=_disk_told(able)), places=places, apart=group)


def _disk_told(able: Sequence[HostSupply]) -> bool:
    """Where Placement knows no disks of hosts, servers' disks are kept elsewhere."""
    return any(Resource.DISK in host.allocatable for host in able)


def _size(server: CarriedServer, *, disk: bool) -> Vector:
    return server.vcpus, server.memory_mib, server.disk_gib if disk else 0


def _placed(packing: Packing, pieces: Mapping[str, Piece]) -> Iterator[tuple[str, str]]:
    """Equal pieces are interchangeable: each bin takes the next servers of that kind."""
    waiting: dict[Piece, list[str]] = {}
    for id_, piece in pieces.items():
        waiting.setdefault(piece, []).append(id_)
    for host, held in sorted(packing.holds.items()):
        for piece, count in held.items():
            for _ in range(count):
                yield waiting[piece].pop(0), host


def _sum(sizes: Sequence[Vector]) -> Vector:
    return tuple(map(sum, zip(*sizes, strict=True))) if sizes else (0, 0, 0)
