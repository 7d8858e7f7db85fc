"""What the use cases in `flow` need of the world, as protocols; `adapters` have the real ones, tests a fake of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from orchestrator.model.approvals import Governed
from orchestrator.model.audit import AuditReport, HostMeasure
from orchestrator.model.drift import Comparison, DriftRecord
from orchestrator.model.host_duty import CarriedServer, HostHoldings, HostService, LeftBehind, ServerGroup
from orchestrator.model.host_inventory import HostInventory
from orchestrator.model.host_result import HostResult
from orchestrator.model.outcome import Outcome, RunReport, StackResult
from orchestrator.model.plan import LedgerEntry, ResourceChange, StackTarget, Step
from orchestrator.model.provenance import Provenance
from orchestrator.model.snapshot import InventorySnapshot

ResourceSeen = Callable[[str, str], None]
"""Told of each finished resource: (operation, logical name)."""

TaskSeen = Callable[[str, str, str], None]
"""Told of each finished task of a host: (host, `ok` | `changed` | `failed` | `skipped` | `unreachable`, task)."""


class Clock(Protocol):
    def now(self) -> dt.datetime:
        """The time, UTC and aware."""


class StackEngine(Protocol):
    """The only way to a stack. Raises TemporaryFailure or PermanentFailure; safe from many threads at once."""

    name: str
    version: str

    def stacks(self) -> frozenset[str]:
        """The stacks that the state knows."""

    def outputs(self, stack: str) -> Mapping[str, Any]:
        """The stack's exports; {} when there is no such stack."""

    def preview(self, target: StackTarget, *, exists: bool) -> tuple[ResourceChange, ...]:
        """What carrying out the target would change. Writes nothing, neither in the cloud nor in the state.

        `exists`: whether the state knows the stack.
        """

    def build(self, target: StackTarget, seen: ResourceSeen) -> StackResult:
        """Carry out the target's program. Exports that are known are recorded even if something else failed."""

    def preview_retire(self, stack: str) -> tuple[ResourceChange, ...]:
        """What retiring the stack would delete. Writes nothing."""

    def retire(self, stack: str, seen: ResourceSeen) -> StackResult:
        """Delete everything of the stack, then the stack."""

    def interrupt(self) -> None:
        """Begin no new resource in any stack; what is in flight finishes and is recorded."""


class HostApplier(Protocol):
    """The only way to hosts: sets up machines as their specs say. Used by one thread; `interrupt` by any.

    A host that fails or is not reached is a result and stops no other. Raises TemporaryFailure or PermanentFailure
    only for what concerns no host: secrets that cannot be opened, the programs missing.
    """

    version: str
    """Digest of all that decides, besides specs, what a host becomes: roles and playbooks."""

    def due(self, inventory: HostInventory) -> Mapping[str, str]:
        """Hosts to be set up though nothing of specs and version changed, each with its reason. Asks no host."""

    def check(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostResult]:
        """What setting up these hosts would change, together. Writes nothing on them."""

    def apply(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostResult]:
        """Set up these hosts, all at once; `inventory` is always the whole region's."""

    def interrupt(self) -> None:
        """Begin no further task; results say who was interrupted."""


class HostServices(Protocol):
    """What hosts do for servers and volumes, in the running cloud. Used by one thread.

    Raises TemporaryFailure or PermanentFailure with the API's words.
    """

    def services(self) -> tuple[HostService, ...]:
        """Compute and volume services of all hosts."""

    def servers(self, host: str) -> tuple[CarriedServer, ...]:
        """Those on a host, of all projects."""

    def counts(self) -> Mapping[str, int]:
        """Host -> number of its servers, of all hosts that run nova-compute."""

    def left_behind(self, host: str) -> tuple[LeftBehind, ...]: ...

    def groups(self) -> tuple[ServerGroup, ...]: ...

    def disable(self, service: HostService) -> None:
        """For maintenance: it is given nothing new, what it has goes on."""

    def enable(self, service: HostService) -> None: ...

    def server(self, id: str) -> CarriedServer | None:  # noqa: A002 the API's own word
        """As it is now; None: gone."""

    def move(self, server: CarriedServer, target: str, *, live: bool) -> None:
        """Begin to move it, without stopping it if `live`. Nova may still find that it cannot: `server` tells."""

    def confirm(self, server: CarriedServer) -> None:
        """A move that was not live is well; what is left of it on its old host goes."""

    def abort(self, server: CarriedServer) -> None:
        """Give up its live move; it stays where it was."""

    def trouble(self, server: CarriedServer) -> str:
        """Why its last move failed, in the API's words; empty: it does not say."""


class HostRegistry(Protocol):
    """What the running cloud knows of hosts as such. Raises as HostServices does."""

    def holdings(self, host: str) -> HostHoldings:
        """Asked now, of every service that could keep something there."""

    def remove(self, host: str) -> tuple[str, ...]:
        """Make the cloud forget the host; what went, in words. What is gone already is no error."""


class HostAudit(Protocol):
    """Measures hosts by a scanner that runs on them. What a host answers is its own word: it may be hostile."""

    def measure(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostMeasure]:
        """Each of these hosts at the level of its spec, all at once; one that fails is an answer and stops no other.

        Raises TemporaryFailure or PermanentFailure only for what concerns no host.
        """


class AuditRecords(Protocol):
    """The lasting record of what was last measured on each host."""

    def read(self) -> AuditReport | None:
        """None: nothing was ever measured, or it is of another version."""

    def update(self, change: Callable[[AuditReport | None], AuditReport]) -> None:
        """Replace it by what `change` makes of it; two at once follow each other."""


class GovernedRecords(Protocol):
    """The lasting record of what approvals watched over when the region was last applied."""

    def read(self) -> Governed | None:
        """None: nothing was ever applied, or by a version that kept no such record."""

    def update(self, change: Callable[[Governed | None], Governed]) -> None:
        """Replace it by what `change` makes of it; two at once follow each other."""


class Ledger(Protocol):
    """The lasting record of what was last applied, per step."""

    def read(self) -> Mapping[str, LedgerEntry]: ...

    def record(self, entry: LedgerEntry) -> None: ...

    def forget(self, step: str) -> None: ...


class Journal(Protocol):
    """The record while something acts: `started` is on disk before the world is touched."""

    def begin(self, run: str, plan_digest: str, provenance: Provenance) -> None: ...

    def started(self, step: str) -> None: ...

    def finished(self, outcome: Outcome) -> None: ...

    def end(self, report: RunReport) -> None: ...

    def last(self) -> RunReport | None:
        """The last run: its report, or what is known of it when it left none (no `finished_at`)."""


class RunLock(Protocol):
    def hold(self, wait: float = 0.0, waiting: Callable[[str], None] | None = None) -> AbstractContextManager[None]:
        """One apply a region at a time. Raises TemporaryFailure that says since when and by whom it is busy.

        `wait`: seconds that it may take to become free; `waiting`: told once whom it waits for, and of each who comes
        in between.
        """


class StackComparison(Protocol):
    """What stacks have recorded beside what the cloud has. Writes nothing; raises as StackEngine does."""

    def stacks(self) -> frozenset[str]:
        """The stacks that the state knows."""

    def compare(self, stacks: Sequence[str]) -> Comparison:
        """All of these from a few lists; a stack that cannot be compared says so in its result."""


class DriftRecords(Protocol):
    """The lasting record of the last drift pass, and of the last good look at each stack."""

    def read(self) -> DriftRecord | None:
        """None: there is none, or one of another version."""

    def update(self, change: Callable[[DriftRecord | None], DriftRecord]) -> None:
        """Replace it by what `change` makes of it; two at once follow each other."""


class CloudInventory(Protocol):
    def read(self) -> InventorySnapshot:
        """Read everything in bulk; a part that fails is stale and says so, the others are fresh."""


class Progress(Protocol):
    """Told what a run does, as it does it. Called from many threads."""

    def begin(self, steps: tuple[Step, ...]) -> None: ...

    def resource(self, step: str, operation: str, name: str) -> None: ...

    def started(self, step: str) -> None: ...

    def finished(self, outcome: Outcome) -> None: ...
