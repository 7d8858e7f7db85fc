"""A small region's whole path with fakes: plan it, apply it, look at what came of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from fake_clock import FakeClock
from fake_cloud_inventory import FakeCloudInventory, hypervisors
from fake_governed_records import FakeGovernedRecords
from fake_host_applier import FakeHostApplier
from fake_host_services import FakeHostServices
from fake_journal import FakeJournal
from fake_ledger import FakeLedger
from fake_progress import FakeProgress
from fake_stack_engine import FakeStackEngine

from orchestrator.flow.apply import Run, apply_plan
from orchestrator.flow.cloud_judge import CloudJudge
from orchestrator.flow.host_duties import HostDuties
from orchestrator.flow.judge import PlanJudge
from orchestrator.flow.plan import Planned, World, make_plan
from orchestrator.model.finding import Position
from orchestrator.model.outcome import Outcome, RunReport
from orchestrator.model.provenance import Provenance
from orchestrator.model.rule import JudgingPlanRule
from orchestrator.model.specs import Specs
from orchestrator.ports import CloudInventory


@dataclass(slots=True, kw_only=True)
class SmallWorld:
    """One stack at a time, so that a test knows the order; `at_once` makes it more."""

    engine: FakeStackEngine = field(default_factory=FakeStackEngine)
    hosts: FakeHostApplier = field(default_factory=FakeHostApplier)
    ledger: FakeLedger = field(default_factory=FakeLedger)
    clock: FakeClock = field(default_factory=FakeClock)
    governed: FakeGovernedRecords = field(default_factory=FakeGovernedRecords)
    journal: FakeJournal = field(default_factory=FakeJournal)
    progress: FakeProgress = field(default_factory=FakeProgress)
    stop: threading.Event = field(default_factory=threading.Event)
    at_once: int = 1
    program: str = "program-1"
    rules: Sequence[JudgingPlanRule] = ()
    inventory: CloudInventory | None = None  # of the running cloud, where plans are held against it
    running: FakeHostServices = field(default_factory=FakeHostServices)
    carrying: FakeCloudInventory = field(default_factory=lambda: FakeCloudInventory(hypervisors("h0", "h1", "h2")))
    duties: HostDuties | None = None  # of the specs that were planned last

    def plan(self, specs: Specs, repair: Sequence[str] = ()) -> Planned:
        self.duties = HostDuties(specs=specs, cloud=self.running, inventory=self.carrying, clock=self.clock, pause=0.0)
        judge = PlanJudge(rules=self.rules, place_of=lambda ref, path: (path, Position(file=f"{ref.name}.yaml")))
        return make_plan(
            specs,
            self.world(),
            inventory="inventory/loire",
            program=self.program,
            provider="1",
            findings=(),
            judge=judge,
            cloud=CloudJudge(inventory=self.inventory, place_of=judge.place_of) if self.inventory else None,
            repair=repair,
        )

    def apply(self, specs: Specs) -> RunReport:
        return self.carry_out(self.plan(specs))

    def carry_out(self, planned: Planned, provenance: Provenance | None = None) -> RunReport:
        origin = provenance or Provenance()
        run = Run(journal=self.journal, progress=self.progress, stop=self.stop, provenance=origin)
        return apply_plan(planned, self.world(), run)

    def interrupt(self) -> None:
        """As the first Ctrl-C does."""
        self.stop.set()
        self.world().interrupt()

    def restart(self) -> None:
        """As a new process would begin: what is lasting stays."""
        self.stop.clear()
        self.journal.before = None
        self.engine.resume()
        self.engine.calls.clear()
        self.hosts.resume()
        self.hosts.calls.clear()

    def world(self) -> World:
        return World(
            engine=self.engine,
            ledger=self.ledger,
            clock=self.clock,
            at_once=self.at_once,
            governed=self.governed,
            hosts=self.hosts,
            looking=self.duties,
            acting=self.duties,
        )


def outcome_of(report: RunReport, step: str) -> Outcome:
    """The one outcome of the step."""
    (found,) = (outcome for outcome in report.outcomes if outcome.step == step)
    return found
