"""`preview | up | refresh | destroy`: from the command line to the state that is written at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from orchestrator.engine.backend import config, history, settings_file
from orchestrator.engine.backend.checkpoint import Checkpoint, Pending
from orchestrator.engine.backend.journal import Journal, digest
from orchestrator.engine.backend.secrets import Vault
from orchestrator.engine.backend.stack_store import Loaded, StackStore
from orchestrator.engine.commands.context import Context
from orchestrator.engine.commands.operation_options import named_creates, options_of, runs_program
from orchestrator.engine.commands.preview_digest import PreviewDigest
from orchestrator.engine.commands.stage import Stage
from orchestrator.engine.commands.steps import Plot, Rehearsing, carry_out
from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.options import Options
from orchestrator.engine.deploy.record import Begun, Record
from orchestrator.engine.deploy.report import Report
from orchestrator.engine.rpc.events import EventStream
from orchestrator.engine.state.snapshot import Snapshot


def run(context: Context) -> int:
    """Carry the operation out; failures of steps are told on stdout and give code 1."""
    parsed = context.parsed
    kind = parsed.command[0]
    options = options_of(parsed, dry_run=kind == "preview" or parsed.switch("--preview-only"))
    store = context.store().require()
    with ExitStack() as stack:
        if not options.dry_run:
            store = stack.enter_context(store.held())
        address = parsed.text("--event-log")
        events = stack.enter_context(_streaming(address)) if address else None
        digest = PreviewDigest(events.send if events else None) if parsed.switch("--json") else None
        report = Report(
            sink=digest.take if digest else events.send if events else None,
            line=_silent if digest else context.console.say,
            dry_run=options.dry_run,
        )
        operation = Operation(context=context, store=store, kind=kind, options=options, report=report)
        succeeded = operation.run()
        if digest is not None:
            context.console.say(digest.text())
    if succeeded and options.expect_no_changes and _changed(report):
        what = "but changes were proposed" if options.dry_run else "but changes occurred"
        context.console.complain(f"error: no changes were expected for {kind} {what}")
        return 1
    return 0 if succeeded else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation on one stack, with the stack's lock held by the caller where it writes."""

    context: Context
    store: StackStore
    kind: str
    options: Options
    report: Report

    def run(self) -> bool:
        """Whether everything succeeded. What was done is recorded in any case."""
        start = time.time()
        loaded, vault = self.store.load()
        journal = None
        if not self.options.dry_run:
            loaded = self._folded(loaded, vault)
            journal = self.store.begin_journal(loaded.base, vault)
        try:
            deployment, plot, record = self._prepare(loaded, vault, journal)
            succeeded, open_ends = self._steps(deployment, plot)
        except BaseException:
            if journal is not None:
                journal.abandon()  # the next operation folds it
            raise
        if journal is not None and record is not None:
            left = (*open_ends, *record.left_open())
            whole = replace(loaded.checkpoint, pending=_pending(left), resources=deployment.snapshot.resources())
            data = self._saved(whole, vault, journal)
            self.store.record(self._entry(start, succeeded=succeeded), data)
        self.report.summary(succeeded=succeeded, seconds=time.time() - start)
        return succeeded

    def _folded(self, loaded: Loaded, vault: Vault) -> Loaded:
        """A journal that was left behind goes into the checkpoint before a new one begins."""
        if not loaded.left_over:
            return loaded
        data = self.store.save(loaded.checkpoint, vault)
        return Loaded(checkpoint=loaded.checkpoint, base=digest(data))

    def _prepare(self, loaded: Loaded, vault: Vault, journal: Journal | None) -> tuple[Deployment, Plot, Record | None]:
        snapshot = Snapshot(loaded.checkpoint.resources, journal)
        record = None if journal is None else Record(snapshot, journal)
        found = config.entries(settings_file.load_settings(self.store.work_dir, self.store.layout.stack), vault)
        secret = frozenset(key for key, (_, is_secret) in found.items() if is_secret)
        stage = Stage(
            store=self.store,
            vault=vault,
            provider=self.context.provider,
            environment=self.context.environment,
            config={key: text for key, (text, _) in found.items()},
            secret_config=secret,
        )
        self.report.prelude(stage.config, secret)
        parsed = self.context.parsed
        plot = Plot(
            kind=self.kind,
            client=parsed.text("--client"),
            program=self.context.program,
            work_dir=str(self.store.work_dir),
            runs_program=runs_program(parsed),
            left_open=tuple(Begun(kind=p.kind, resource=p.resource) for p in loaded.checkpoint.pending),
            forget_creates=parsed.switch("--clear-pending-creates"),
            named_creates=named_creates(parsed),
            rehearsing=self._rehearsing(stage),
        )
        return stage.deployment(snapshot, self.options, self.report, record), plot, record

    def _rehearsing(self, stage: Stage) -> Rehearsing | None:
        """How a run for show is begun before a run in earnest: on a copy of the state, heard by nobody."""
        if self.options.dry_run or self.kind != "up":
            return None

        @contextmanager
        def rehearsing(snapshot: Snapshot) -> Iterator[Deployment]:
            copy = Snapshot(snapshot.resources())
            report = Report(sink=None, line=_silent, dry_run=True)
            shown = stage.deployment(copy, replace(self.options, dry_run=True), report, None)
            shown.rehearsal = True
            with self.context.running(shown.gate):
                yield shown

        return rehearsing

    def _steps(self, deployment: Deployment, plot: Plot) -> tuple[bool, tuple[Begun, ...]]:
        with self.context.running(deployment.gate):
            try:
                open_ends = carry_out(deployment, plot)
            except BaseException:
                deployment.gate.stop()
                deployment.gate.wait_until_idle()
                raise
        if deployment.gate.reason:
            self.report.diagnostic("error", deployment.gate.reason)
        succeeded = not self.report.failures
        if not succeeded:
            name = {"up": "update"}.get(self.kind, self.kind)
            self.report.diagnostic("error", f"{'preview' if self.options.dry_run else name} failed")
        return succeeded, open_ends

    def _saved(self, checkpoint: Checkpoint, vault: Vault, journal: Journal) -> bytes:
        """The checkpoint as written. If that fails, the journal still holds it all."""
        try:
            data = self.store.save(checkpoint, vault)
        except BaseException:
            journal.abandon()
            raise
        journal.close()
        return data

    def _entry(self, start: float, *, succeeded: bool) -> history.Record:
        settings = settings_file.load_settings(self.store.work_dir, self.store.layout.stack)
        return history.Record(
            kind={"up": "update"}.get(self.kind, self.kind),
            start=start,
            end=time.time(),
            message=self.context.parsed.text("--message"),
            succeeded=succeeded,
            changes=dict(self.report.counts),
            config=config.sealed(settings),
        )


@contextmanager
def _streaming(address: str) -> Iterator[EventStream]:
    stream = EventStream(address)
    try:
        yield stream
    finally:
        stream.close()


def _silent(_line: str) -> None:
    """Where nobody reads along."""


def _pending(left: tuple[Begun, ...]) -> tuple[Pending, ...]:
    return tuple(Pending(kind=begun.kind, resource=begun.resource) for begun in left)


def _changed(report: Report) -> bool:
    return any(number for op, number in report.counts.items() if op not in {"same", "read"})
