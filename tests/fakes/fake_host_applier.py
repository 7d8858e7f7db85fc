"""The HostApplier port in memory: machines hold the digest of what they were set up with, and nothing of a Debian.

A test can let a host fail or be out of reach, break what concerns no host, or watch each host as it is set up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from orchestrator.errors import MutualisError
from orchestrator.model.host_inventory import HostInventory
from orchestrator.model.host_result import HostChange, HostResult, HostStatus
from orchestrator.model.outcome import Failure
from orchestrator.ports import TaskSeen

TASKS = ("base: Install packages", "nova: Write settings", "nova: Start")
BROKEN_TASK = Failure(resource="nova: Start", cause="the unit failed", hint="see its journal")
NO_ANSWER = Failure(resource="", cause="ssh: connection timed out", hint="look at the machine", temporary=True)


class FakeHostApplier:
    version = "roles-1"

    def __init__(self) -> None:
        self.held: dict[str, str] = {}  # by host: what it was set up with
        self.calls: list[tuple[str, tuple[str, ...]]] = []
        self.failing: set[str] = set()
        self.away: set[str] = set()
        self.ending: dict[str, str] = {}  # by host: why it is due
        self.broken: MutualisError | None = None
        self.before: Callable[[str], None] | None = None  # told each host ahead of its first task
        self._interrupted = threading.Event()

    def due(self, inventory: HostInventory) -> Mapping[str, str]:
        return {host.name: self.ending[host.name] for host in inventory.hosts if host.name in self.ending}

    def check(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostResult]:
        self._called("check", hosts)
        return {host: self._checked(inventory, host, seen) for host in hosts}

    def apply(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostResult]:
        self._called("apply", hosts)
        return {host: self._applied(inventory, host, seen) for host in hosts}

    def interrupt(self) -> None:
        self._interrupted.set()

    def resume(self) -> None:
        """As a new process would begin: undisturbed."""
        self._interrupted.clear()
        self.before = None

    def _called(self, operation: str, hosts: Sequence[str]) -> None:
        self.calls.append((operation, tuple(hosts)))
        if self.broken:
            raise self.broken

    def _checked(self, inventory: HostInventory, host: str, seen: TaskSeen) -> HostResult:
        if host in self.away:
            return _result(host, HostStatus.UNREACHABLE, failure=NO_ANSWER)
        changes = () if self.held.get(host) == _told(inventory, host) else TASKS
        for task in TASKS:
            seen(host, "changed" if task in changes else "ok", task)
        return _result(host, HostStatus.DONE, changes=changes)

    def _applied(self, inventory: HostInventory, host: str, seen: TaskSeen) -> HostResult:
        if self.before:
            self.before(host)
        if self._interrupted.is_set():
            return _result(host, HostStatus.INTERRUPTED)
        if host in self.failing:
            return _result(host, HostStatus.FAILED, changes=TASKS[:1], failure=BROKEN_TASK)
        result = self._checked(inventory, host, seen)
        if result.status is HostStatus.DONE:
            self.held[host] = _told(inventory, host)
        return result


def _told(inventory: HostInventory, host: str) -> str:
    (entry,) = (one for one in inventory.hosts if one.name == host)
    names = sorted((one.name, one.address) for one in inventory.hosts)
    return repr((asdict(entry), inventory.variables, names))


def _result(
    host: str, status: HostStatus, *, changes: Sequence[str] = (), failure: Failure | None = None
) -> HostResult:
    made = tuple(
        HostChange(role=role, task=name, diff=f"-{name}\n+{name} now\n")
        for role, _, name in (task.partition(": ") for task in changes)
    )
    return HostResult(host=host, status=status, tasks=len(TASKS), changes=made, failure=failure)
