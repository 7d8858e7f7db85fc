"""The course of an operation between loading the state and writing it."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.engine.deploy import components, deletions, put_off, refreshing
from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.deploy.record import Begun
from orchestrator.engine.deploy.recovery import Recovery
from orchestrator.engine.rpc.run import run_program


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What is to happen. `client`: address of the program; `left_open`: what earlier operations had begun."""

    kind: str
    client: str
    work_dir: str
    left_open: tuple[Begun, ...] = ()
    forget_creates: bool = False


def carry_out(deployment: Deployment, plot: Plot) -> tuple[Begun, ...]:
    """Do it all; failures are told to the report. Returns what is still open from before."""
    open_ends = _recover(deployment, plot)
    if open_ends:
        return open_ends
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
    left_open = tuple(b for b in plot.left_open if not (plot.forget_creates and b.kind == "creating"))
    return Recovery(snapshot=deployment.snapshot, actions=deployment.actions, report=deployment.report).run(left_open)


def _refreshed(deployment: Deployment) -> bool:
    return not deployment.options.refresh or refreshing.refresh(deployment, alone=False)


def _run(deployment: Deployment, plot: Plot) -> None:
    if not plot.client:
        deployment.report.diagnostic("error", "no program: the embedded engine runs inline programs only")
        return
    error = run_program(deployment, plot.client, plot.work_dir)
    if error:
        deployment.report.log("error", error)
    tolerated = deployment.options.continue_on_error or not deployment.report.failures
    if not error and tolerated and not deployment.gate.stopped:
        deletions.delete_unnamed(deployment)
        put_off.carry_out(deployment)
    components.export(deployment, succeeded=not error and not deployment.report.failures)


def _targets_exist(deployment: Deployment) -> None:
    named = deployment.options.targets | deployment.options.replaces
    for urn in sorted(named - deployment.met.keys()):
        if urn not in deployment.known_before:
            deployment.report.diagnostic("error", f"Target '{urn}' could not be found in the stack.")
