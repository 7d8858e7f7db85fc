"""A report that keeps what a refresh says of each resource, instead of writing lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from typing_extensions import override

from orchestrator.engine.deploy.report import Report, Step
from orchestrator.engine.fleet.hidden import HIDDEN_PROPERTIES
from orchestrator.engine.fleet.results import Change, ResourceDrift, StackDrift, Verdict
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import INTERNAL, MASK, PropertyMap, Secret

_READ: Final = "refresh"


class Watching(Report):
    """Results come in the order in which reads end; `drift` gives them in the order of the state."""

    def __init__(self, stack: str, tally: Tally, *, dry_run: bool) -> None:
        super().__init__(sink=None, line=_unsaid, dry_run=dry_run)
        self._stack = stack
        self._tally = tally
        self._found: dict[str, ResourceDrift] = {}
        self._failures: list[str] = []

    @override
    def after(self, step: Step, *, counted: bool = True, op: str = "") -> None:
        super().after(step, counted=counted, op=op)
        if step.op == _READ and step.old is not None:
            self._found[step.urn] = self._drift_of(step.old, step.new)

    @override
    def failed(self, step: Step, message: str) -> None:
        super().failed(step, message)
        if step.op == _READ and step.old is not None:
            self._found[step.urn] = _drift(step.old, Verdict.ERROR, error=message)

    @override
    def diagnostic(self, severity: str, message: str, urn: str = "") -> None:
        super().diagnostic(severity, message, urn)
        if severity == "error" and not urn:
            self._failures.append(message)

    def drift(self) -> StackDrift:
        resources = tuple(sorted(self._found.values(), key=lambda one: one.urn))
        failures = () if any(one.verdict is Verdict.ERROR for one in resources) else tuple(self._failures)
        return StackDrift(stack=self._stack, resources=resources, failures=failures)

    def _drift_of(self, old: Resource, new: Resource | None) -> ResourceDrift:
        if new is None:
            return _drift(old, Verdict.GONE)
        why = self._tally.why_unread(old.type, old.id)
        changes, untold = _changes(old, new), _untold(old, why)
        if changes or untold:
            verdict = Verdict.CHANGED if changes else Verdict.UNREAD
            return replace(_changed(old, changes), verdict=verdict, error=why, untold=untold)
        return _drift(old, Verdict.UNREAD, error=why) if why else _drift(old, Verdict.SAME)


def _unsaid(_line: str) -> None:
    """Nobody reads along."""


def _drift(old: Resource, verdict: Verdict, error: str = "") -> ResourceDrift:
    return ResourceDrift(urn=old.urn, type=old.type, id=old.id, verdict=verdict, error=error)


def _changed(old: Resource, changes: tuple[Change, ...]) -> ResourceDrift:
    inputs = {name: _shown(value) for name, value in old.inputs.items() if name not in INTERNAL}
    return ResourceDrift(urn=old.urn, type=old.type, id=old.id, verdict=Verdict.CHANGED, changes=changes, inputs=inputs)


def _untold(old: Resource, why: str) -> tuple[Change, ...]:
    hidden = HIDDEN_PROPERTIES.get(old.type)
    if hidden is None or why != hidden.reason:
        return ()
    recorded = ((name, old.outputs.get(name) or old.inputs.get(name)) for name in hidden.names)
    return tuple(Change(path=name, old=_shown(value), new=None) for name, value in recorded if value)


def _changes(old: Resource, new: Resource) -> tuple[Change, ...]:
    """By outputs, which are what the cloud tells; of the inputs only what no output repeats."""
    found = _differing(old.outputs, new.outputs)
    shown = {change.path for change in found}
    return (*found, *(change for change in _differing(old.inputs, new.inputs) if change.path not in shown))


def _differing(old: PropertyMap, new: PropertyMap) -> tuple[Change, ...]:
    names = sorted({*old, *new} - INTERNAL)
    return tuple(
        Change(path=name, old=_shown(old.get(name)), new=_shown(new.get(name)))
        for name in names
        if old.get(name) != new.get(name)
    )


def _shown(value: Any) -> Any:
    return MASK if isinstance(value, Secret) else value
