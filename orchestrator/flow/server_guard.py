"""What becomes of servers on a compute host while its set-up changes it, as the Region says: leave, drain, refuse."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.flow.failure import failure_of
from orchestrator.flow.host_duties import HostDuties
from orchestrator.model.counted import counted
from orchestrator.model.installation import RollingServers
from orchestrator.model.maintenance import maintenance_step
from orchestrator.model.outcome import Failure, Outcome, Status
from orchestrator.model.plan import LedgerEntry, host_step
from orchestrator.ports import Ledger, ResourceSeen

Seen = Callable[[str, str, str], None]
"""Told of each thing done: (host, word, what)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerGuard:
    """`carriers`: compute hosts that were set up before, so that servers may stand on them."""

    duties: HostDuties
    servers: RollingServers
    carriers: frozenset[str]
    ledger: Ledger
    stop: threading.Event
    seen: Seen

    def before(self, host: str) -> Outcome | None:
        """None: the host may be changed; else why it is left as it is."""
        if host not in self.carriers or self.servers is RollingServers.LEAVE:
            return None
        try:
            return self._refused(host) if self.servers is RollingServers.REFUSE else self._drained(host)
        except Exception as err:  # noqa: BLE001 a host that cannot be emptied is an outcome
            return _held(host, Status.FAILED, failures=(failure_of(err),))

    def after(self, host: str) -> tuple[Failure, ...]:
        """Back in duty, unless it is in maintenance by its spec. What fails here, the next apply does."""
        if host not in self.carriers or self.servers is not RollingServers.DRAIN or self._in_maintenance(host):
            return ()
        try:
            self.duties.give_back(host, self._seen(host))
            self.ledger.forget(maintenance_step(host))
        except Exception as err:  # noqa: BLE001 (the same)
            return (failure_of(err),)
        return ()

    def _refused(self, host: str) -> Outcome | None:
        count = len(self.duties.cloud.servers(host))
        note = f"it carries {counted(count, 'server')}; installation.rolling.servers of the Region refuses to change it"
        return _held(host, Status.SKIPPED, note=note) if count else None

    def _drained(self, host: str) -> Outcome | None:
        """The ledger knows it first: a run that is killed leaves a host that the next plan gives back."""
        if not self._in_maintenance(host):
            step = maintenance_step(host)
            self.ledger.record(LedgerEntry(step=step, digest="", applied_at="", resources=0, outputs={}))
        done = self.duties.leave(host, self._seen(host), self.stop)
        if done.failures:
            return _held(host, Status.FAILED, failures=done.failures)
        return (
            _held(host, Status.WAITING, note="the run was stopped while servers were leaving")
            if done.interrupted
            else None
        )

    def _in_maintenance(self, host: str) -> bool:
        spec = self.duties.specs.hosts.get(host)
        return spec is not None and spec.maintenance

    def _seen(self, host: str) -> ResourceSeen:
        return lambda word, what: self.seen(host, word, what)


def _held(host: str, status: Status, *, failures: tuple[Failure, ...] = (), note: str = "") -> Outcome:
    return Outcome(step=host_step(host), status=status, seconds=0.0, failures=failures, note=note)
