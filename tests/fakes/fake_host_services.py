"""The HostServices port in memory: moves take some looks, and are refused where a test says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.model.host_duty import (
    MAINTENANCE,
    Binary,
    CarriedServer,
    HostService,
    LeftBehind,
    ServerGroup,
)


def compute_service(host: str, **changes: object) -> HostService:
    made = HostService(host=host, binary=Binary.COMPUTE, id=f"id-{host}", up=True, enabled=True)
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names fields of the class


def carried_server(name: str, host: str, **changes: object) -> CarriedServer:
    made = CarriedServer(
        id=f"id-{name}",
        name=name,
        project_id="p-arcy",
        host=host,
        status="ACTIVE",
        task="",
        vcpus=1,
        memory_mib=2048,
        disk_gib=10,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the same


@dataclass
class FakeHostServices:
    """`looks`: how often a server is looked at until it has arrived. `refused`: (name, target) -> Nova's words.

    `silent`, `unconfirmable`: so many looks are not answered, so many confirmations refused. `endless`: names of
    servers whose live move never ends by itself. `asked`: how often anything was read; `calls`: what was changed.
    """

    known: list[HostService] = field(default_factory=list)
    standing: dict[str, CarriedServer] = field(default_factory=dict)
    looks: int = 1
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    endless: set[str] = field(default_factory=set)
    silent: int = 0
    unconfirmable: int = 0
    grouped: tuple[ServerGroup, ...] = ()
    behind: dict[str, list[LeftBehind]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    asked: int = 0
    most_at_once: int = 0
    on_look: Callable[[], None] = lambda: None
    _going: dict[str, tuple[str, bool]] = field(default_factory=dict)
    _looked: Counter[str] = field(default_factory=Counter)
    _words: dict[str, str] = field(default_factory=dict)

    def services(self) -> tuple[HostService, ...]:
        self.asked += 1
        return tuple(self.known)

    def servers(self, host: str) -> tuple[CarriedServer, ...]:
        self.asked += 1
        return tuple(one for one in self.standing.values() if one.host == host)

    def counts(self) -> Mapping[str, int]:
        self.asked += 1
        return Counter(one.host for one in self.standing.values())

    def left_behind(self, host: str) -> tuple[LeftBehind, ...]:
        self.asked += 1
        return tuple(self.behind.get(host, ()))

    def groups(self) -> tuple[ServerGroup, ...]:
        self.asked += 1
        return self.grouped

    def disable(self, service: HostService) -> None:
        self._replace(service, replace(service, enabled=False, reason=MAINTENANCE), "disable")

    def enable(self, service: HostService) -> None:
        self._replace(service, replace(service, enabled=True, reason=""), "enable")

    def server(self, id: str) -> CarriedServer | None:  # noqa: A002 the port's
        self.asked += 1
        self.on_look()
        if self.silent:
            self.silent -= 1
            raise TemporaryFailure("Nova does not answer")
        if id in self._going:
            self._advance(id)
        return self.standing.get(id)

    def move(self, server: CarriedServer, target: str, *, live: bool) -> None:
        self.calls.append(f"{'live' if live else 'cold'} {server.name} {target}")
        words = self.refused.get((server.name, target))
        if words:
            self._words[server.id] = words
            return
        self._going[server.id] = (target, live)
        self._looked[server.id] = 0
        status = "MIGRATING" if live else "RESIZE"
        self.standing[server.id] = replace(server, task="migrating", status=status)
        self.most_at_once = max(self.most_at_once, len(self._going))

    def confirm(self, server: CarriedServer) -> None:
        self.calls.append(f"confirm {server.name}")
        if self.unconfirmable:
            self.unconfirmable -= 1
            raise PermanentFailure("cannot confirm while it is in vm_state stopped")
        self.standing[server.id] = replace(server, status="ACTIVE")

    def abort(self, server: CarriedServer) -> None:
        self.calls.append(f"abort {server.name}")
        self._going.pop(server.id, None)
        self.standing[server.id] = replace(server, task="", status="ACTIVE")

    def trouble(self, server: CarriedServer) -> str:
        return self._words.get(server.id, "")

    def _advance(self, id_: str) -> None:
        server, (target, live) = self.standing[id_], self._going[id_]
        self._looked[id_] += 1
        if server.name in self.endless or self._looked[id_] < self.looks:
            return
        del self._going[id_]
        self.standing[id_] = replace(server, host=target, task="", status="ACTIVE" if live else "VERIFY_RESIZE")

    def _replace(self, old: HostService, new: HostService, word: str) -> None:
        self.calls.append(f"{word} {old.host} {old.text}")
        self.known[self.known.index(old)] = new
