"""The course of an operation between loading the state and writing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from orchestrator.engine.deploy import components, deletions, foresight, protection, put_off, refreshing
from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.record import Begun
from orchestrator.engine.deploy.recovery import Recovery
from orchestrator.engine.rpc.in_process import run_here
from orchestrator.engine.rpc.run import run_program
from orchestrator.engine.state.snapshot import Snapshot

Rehearsing = Callable[[Snapshot], AbstractContextManager[Deployment]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What is to happen. `left_open`: what earlier operations had begun.

    `program`: its function, where it is at hand; else `client`, the address of a server that runs it.
    `named_creates`: URN of an interrupted create -> the object that it made; `rehearsing`: for a run for show.
    """

    kind: str
    client: str
    work_dir: str
    runs_program: bool = True
    left_open: tuple[Begun, ...] = ()
    forget_creates: bool = False
    named_creates: Mapping[str, str] = field(default_factory=dict)
    rehearsing: Rehearsing | None = None
    program: Callable[[], object] | None = None

    @property
    def has_program(self) -> bool:
        return bool(self.client) or self.program is not None


def carry_out(deployment: Deployment, plot: Plot) -> tuple[Begun, ...]:
    """Do it all; failures are told to the report. Returns what is still open from before."""
    open_ends = _recover(deployment, plot)
    if open_ends:
        return open_ends
    if plot.runs_program and plot.kind in {"refresh", "destroy"} and not _configured(deployment, plot):
        return ()
    if plot.kind == "refresh":
        refreshing.refresh(deployment, alone=True)
    elif _refreshed(deployment):
        if plot.kind == "destroy":
            deletions.delete_unnamed(deployment)
        else:
            _run(deployment, plot)
        _targets_exist(deployment)
    return ()


def _recover(deployment: Deployment, plot: Plot) -> tuple[Begun, ...]:
    creates = {begun.resource.urn for begun in plot.left_open if begun.kind == "creating"}
    for urn in sorted(plot.named_creates.keys() - creates):
        deployment.report.diagnostic("error", f"no interrupted create of '{urn}' is recorded")
    if plot.named_creates.keys() - creates:
        return plot.left_open
    left_open = tuple(
        begun
        for begun in plot.left_open
        if begun.kind != "creating" or not plot.forget_creates or begun.resource.urn in plot.named_creates
    )
    recovery = Recovery(
        snapshot=deployment.snapshot, actions=deployment.actions, report=deployment.report, named=plot.named_creates
    )
    return recovery.run(left_open)


def _refreshed(deployment: Deployment) -> bool:
    return not deployment.options.refresh or refreshing.refresh(deployment, alone=False)


def _program(deployment: Deployment, plot: Plot) -> str:
    """Run the program; returns the text of its error, told already."""
    if plot.has_program:
        error = _program_error(deployment, plot)
        if error:
            deployment.report.log("error", error)
        return error
    error = "no program: the embedded engine runs inline programs only"
    deployment.report.diagnostic("error", error)
    return error


def _configured(deployment: Deployment, plot: Plot) -> bool:
    """Run the program for its providers alone; returns whether it came to its end."""
    deployment.for_providers = True
    return not _program(deployment, plot) and not deployment.report.failures


def _is_barred(deployment: Deployment, plot: Plot) -> bool:
    """Whether the plan would touch what is protected; told, and nothing done."""
    if plot.rehearsing is None or not plot.has_program or not protection.is_any(deployment):
        return False
    with plot.rehearsing(deployment.snapshot) as shown:
        error = _program_error(shown, plot)
        if not error and not shown.report.failures:
            deletions.bar_protected(shown)
    deployment.unprotected = protection.unprotected(shown)
    return protection.tell(deployment, shown)


def _run(deployment: Deployment, plot: Plot) -> None:
    if _is_barred(deployment, plot):
        return
    error = _program(deployment, plot)
    if deployment.barred and not error:
        deletions.bar_protected(deployment)
    protection.tell(deployment, deployment)
    tolerated = deployment.options.continue_on_error or not deployment.report.failures
    if not error and tolerated and not deployment.gate.stopped:
        foresight.look_ahead(deployment)
        deletions.delete_unnamed(deployment)
        put_off.carry_out(deployment)
    components.export(deployment, succeeded=not error and not deployment.report.failures)


def _program_error(deployment: Deployment, plot: Plot) -> str:
    if plot.program is not None:
        return run_here(deployment, plot.program, plot.work_dir)
    return run_program(deployment, plot.client, plot.work_dir)


def _targets_exist(deployment: Deployment) -> None:
    named = deployment.options.targets | deployment.options.replaces
    for urn in sorted(named - deployment.met.keys()):
        if urn not in deployment.known_before:
            deployment.report.diagnostic("error", f"Target '{urn}' could not be found in the stack.")
