"""The headroom of a region: every aggregate's, and what the other sites have when one is lost.

Nothing is kept back here: when the reserve's case has come, its room is what is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from orchestrator.capacity.ground import Ground
from orchestrator.capacity.headroom.cell import HostCell
from orchestrator.capacity.headroom.evacuation import Evacuation
from orchestrator.capacity.headroom.site_losses import KINDS, SiteLosses
from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.tally import tally
from orchestrator.capacity.use import hosts_seen
from orchestrator.model.headroom import FreeLine, Headroom, Lost, SlotLine, Stranded
from orchestrator.model.snapshot import ServerUse
from orchestrator.model.specs import Specs


def headroom(given: Ground) -> Headroom:
    """Of every aggregate. With hosts as the specs have them nothing is taken: what an empty region has.

    Nothing is told of stranded servers when none is seen on its host: parts of an amount are no servers.
    """
    losses = _site_losses(given)
    cells = _cells(given)
    free = [line for cell in cells for line in cell.free(losses[cell.site])]
    slots = [line for cell in cells for line in cell.slots(losses[cell.site])]
    seen = given.snapshot is None or hosts_seen(given.snapshot)
    stranded = [line for site in losses for line in _stranded(site, losses[site])] if seen else []
    if len(losses) > 1:
        free += _free_elsewhere(free)
        slots += _slots_elsewhere(slots)
    return Headroom(free=tuple(free), slots=tuple(slots), stranded=tuple(stranded))


def _site_losses(given: Ground) -> Mapping[str, SiteLosses]:
    """Servers count where the compute part may see them."""
    servers: dict[str, list[ServerUse]] = {}
    for server in given.snapshot.servers if given.snapshot else ():
        servers.setdefault(server.host, []).append(server)
    made = {}
    for site in sorted({host.site for host in given.hosts}):
        hosts = [host for host in given.hosts if host.site == site and host.usable]
        made[site] = SiteLosses(hosts, Evacuation(given.specs.catalogue, hosts, servers))
    return made


def _cells(given: Ground) -> tuple[HostCell, ...]:
    """Sorted; an aggregate whose hosts are all out of use has no room, and a line that says so."""
    cells: dict[tuple[str, str], list[HostSupply]] = {}
    for host in given.hosts:
        cells.setdefault((host.site, host.aggregate), []).append(host)
    return tuple(_cell(given.specs, *place, hosts) for place, hosts in sorted(cells.items()))


def _cell(specs: Specs, site: str, aggregate: str, hosts: Iterable[HostSupply]) -> HostCell:
    return HostCell(
        site=site,
        aggregate=aggregate,
        hosts=tuple(host for host in hosts if host.usable),
        flavors=tuple(one for one in specs.catalogue.flavors.values() if one.aggregate in {"", aggregate}),
        known=frozenset(resource for host in hosts for resource in host.allocatable),
    )


def _stranded(site: str, losses: SiteLosses) -> Iterator[Stranded]:
    for lost in KINDS:
        counts = [(sum(losses.left(one.hosts).left.values()), one.name) for one in losses.worst(lost)]
        if counts:
            servers, domain = max(counts)
            yield Stranded(site=site, lost=lost, servers=servers, domain=domain)


def _free_elsewhere(lines: Iterable[FreeLine]) -> list[FreeLine]:
    now = [line for line in lines if line.lost is Lost.NONE]
    whole = tally(((line.aggregate, line.resource), line.amount) for line in now)
    return [
        replace(line, lost=Lost.SITE, amount=whole[line.aggregate, line.resource] - line.amount, domain=line.site)
        for line in now
    ]


def _slots_elsewhere(lines: Iterable[SlotLine]) -> list[SlotLine]:
    now = [line for line in lines if line.lost is Lost.NONE]
    whole = tally(((line.aggregate, line.flavor), line.servers) for line in now)
    return [
        replace(line, lost=Lost.SITE, servers=whole[line.aggregate, line.flavor] - line.servers, domain=line.site)
        for line in now
    ]
