"""Hosts taken out of duty and given back: services disabled, servers moved away, services enabled again."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orchestrator.capacity.draining import ANTI_AFFINITY, Departures, departures
from orchestrator.capacity.hosts import HostSupply, seen_hosts
from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.flow.drain import PAUSE, Drain
from orchestrator.flow.journey import Journey
from orchestrator.model.fit_text import amounts_text, named
from orchestrator.model.host_duty import COLD, LIVE, Binary, CarriedServer, HostService, ServerGroup, ServerMove
from orchestrator.model.outcome import Failure, StackResult
from orchestrator.model.snapshot import COMPUTE, IDENTITY, PLACEMENT, InventorySnapshot
from orchestrator.model.specs import Specs
from orchestrator.ports import Clock, CloudInventory, HostServices, ResourceSeen

ASKS_FOR_ROOM = "set maintenance back to false, add hosts to the aggregate, or ask members to let servers go"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostDuties:
    """`inventory`: projects, hypervisors with their use; read anew for each host that is emptied."""

    specs: Specs
    cloud: HostServices
    inventory: CloudInventory
    clock: Clock
    pause: float = PAUSE

    def moves(self, host: str, servers: Sequence[CarriedServer]) -> tuple[ServerMove, ...]:
        """Where a host's servers would go, in the order in which they would; those that move already are not in it.

        Raises PermanentFailure when not all of them fit elsewhere, with what is missing.
        """
        servers = [one for one in servers if not one.task]
        snapshot = self._snapshot()
        found = self._departures(host, servers, snapshot)
        if found.left:
            raise PermanentFailure(_no_room(host, servers, found, _owners(snapshot)), hint=ASKS_FOR_ROOM)
        return _ordered(servers, found, _owners(snapshot))

    def leave(self, host: str, seen: ResourceSeen, stop: threading.Event) -> StackResult:
        """Disable, then empty. Nothing is done when the servers fit nowhere. Twice is once.

        Once `stop` is set no further server is begun; those on their way are waited for.
        """
        services = self._of(host)
        servers = self.cloud.servers(host)
        self.refuse_silent(services, host, servers)
        self.moves(host, servers)
        counts = {"disabled": 0, "moved": 0}
        for service in services:
            if service.enabled:
                self.cloud.disable(service)
                seen("disabled", service.text)
                counts["disabled"] += 1
        return self._empty(host, counts, seen, stop)

    def give_back(self, host: str, seen: ResourceSeen) -> StackResult:
        """Enable what we disabled, and nothing else."""
        ours = [one for one in self._of(host) if one.ours]
        for service in ours:
            self.cloud.enable(service)
            seen("enabled", service.text)
        return StackResult(counts={"enabled": len(ours)}, outputs={}, resources=len(ours))

    def refuse_silent(self, services: Sequence[HostService], host: str, servers: Sequence[CarriedServer]) -> None:
        """Raises PermanentFailure: no server leaves a host whose nova-compute does not run."""
        if servers and any(one.binary is Binary.COMPUTE and not one.up for one in services):
            raise PermanentFailure(
                f"nova-compute on {host} does not report: its {len(servers)} servers cannot be moved",
                hint="start it again; if the machine is lost, `openstack server evacuate` starts its servers elsewhere",
            )

    def _of(self, host: str) -> tuple[HostService, ...]:
        return tuple(one for one in self.cloud.services() if one.host == host)

    def _empty(self, host: str, counts: dict[str, int], seen: ResourceSeen, stop: threading.Event) -> StackResult:
        """`counts`: of what was done before; read anew what is there: something may have come until it was disabled."""
        servers, behind = self.cloud.servers(host), self.cloud.left_behind(host)
        snapshot = self._snapshot()
        found, owners = self._departures(host, servers, snapshot), _owners(snapshot)
        journeys = [self._journey(move, host) for move in _ordered(servers, found, owners)]
        unconfirmed = [one for id_ in behind if not id_.resized and (one := self.cloud.server(id_.server))]
        journeys = [*(self._journey(_unnamed(one, owners), host, ours=True) for one in unconfirmed), *journeys]
        drain = Drain(clock=self.clock, bounds=self.specs.region.draining, stop=stop, pause=self.pause)
        done = drain.run(journeys, seen)
        resized = [one for id_ in behind if id_.resized and (one := self.cloud.server(id_.server))]
        return StackResult(
            counts={**counts, "moved": done.moved},
            outputs={},
            resources=counts["disabled"],
            failures=(*done.failures, *(_waits(_unnamed(one, owners)) for one in resized)),
            interrupted=bool(done.waiting),
        )

    def _journey(self, move: ServerMove, host: str, *, ours: bool = False) -> Journey:
        return Journey(move, host, self.cloud, self.clock, self.specs.region.draining, ours=ours)

    def _departures(self, host: str, servers: Sequence[CarriedServer], snapshot: InventorySnapshot) -> Departures:
        hosts = seen_hosts(self.specs, snapshot)
        source = next((one for one in hosts if one.name == host), None) or _bare(host, self.specs)
        groups = self._groups(servers)
        return departures(source, hosts, servers, groups, dict(self._standing(groups, servers)))

    def _groups(self, servers: Sequence[CarriedServer]) -> tuple[ServerGroup, ...]:
        ids = {one.id for one in servers}
        found = self.cloud.groups() if servers else ()
        return tuple(one for one in found if one.policy == ANTI_AFFINITY and ids.intersection(one.members))

    def _standing(
        self, groups: Sequence[ServerGroup], servers: Sequence[CarriedServer]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        """Group -> hosts of its members that stay where they are."""
        leaving = {one.id for one in servers}
        for group in groups:
            others = [self.cloud.server(member) for member in group.members if member not in leaving]
            yield group.id, frozenset(one.host for one in others if one)

    def _snapshot(self) -> InventorySnapshot:
        """Raises TemporaryFailure when a part that is needed was not read."""
        snapshot = self.inventory.read()
        for part in snapshot.health:
            if part.part in {IDENTITY, PLACEMENT, COMPUTE} and not part.up:
                raise TemporaryFailure(f"the cloud's {part.part} cannot be read: {part.error}")
        return snapshot


def _ordered(servers: Sequence[CarriedServer], found: Departures, owners: Mapping[str, str]) -> tuple[ServerMove, ...]:
    """Those that move already, then running ones, the largest first, then stopped ones, then what cannot be moved."""

    def place(one: CarriedServer) -> tuple[int, int, int, str]:
        turn = 0 if one.task else 1 if one.status in LIVE else 2 if one.status in COLD else 3
        return turn, -one.memory_mib, -one.vcpus, one.name

    moves = (_unnamed(one, owners) for one in sorted(servers, key=place))
    return tuple(_aimed(move, found.targets.get(move.server.id, ())) for move in moves)


def _aimed(move: ServerMove, targets: Sequence[str]) -> ServerMove:
    return replace(move, target=targets[0], others=tuple(targets[1:])) if targets else move


def _unnamed(server: CarriedServer, owners: Mapping[str, str]) -> ServerMove:
    return ServerMove(server=server, owner=owners.get(server.project_id, server.project_id), target="")


def _owners(snapshot: InventorySnapshot) -> Mapping[str, str]:
    return {one.id: one.tenant or one.name for one in snapshot.projects}


def _bare(host: str, specs: Specs) -> HostSupply:
    """A host that Nova knows and Placement does not: where its spec says that it stands."""
    spec = specs.hosts[host]
    return HostSupply(name=host, site=spec.site, aggregate=spec.aggregate, usable=False, physical={}, allocatable={})


def _no_room(host: str, servers: Sequence[CarriedServer], found: Departures, owners: Mapping[str, str]) -> str:
    who = named([f"{one.name} ({owners.get(one.project_id, one.project_id)})" for one in found.left])
    hole = f"; the largest room is {amounts_text(found.hole.free)} on {found.hole.host}" if found.hole else ""
    return (
        f"host {host} cannot be emptied: {len(found.left)} of its {len(servers)} servers find no other host of its "
        f"aggregate, {amounts_text(found.missing)} missing: {who}{hole}"
    )


def _waits(move: ServerMove) -> Failure:
    return Failure(
        resource=move.text,
        cause="it was resized, and its disks stay here until its member confirms or reverts that",
        hint="ask its member; Nova confirms by itself where resize_confirm_window is set",
    )
