"""What a decided step would do to the cloud, as the engine shows it. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orchestrator.errors import PermanentFailure, PolicyRefusal, TemporaryFailure
from orchestrator.flow.failure import trouble_of
from orchestrator.model.drift import is_added
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import (
    Decision,
    ResourceChange,
    StackTarget,
    Step,
    StepAction,
    StepKind,
    stack_of,
)
from orchestrator.planning.assemble import step_of
from orchestrator.planning.decide import Facts
from orchestrator.ports import StackEngine


def show(decision: Decision, facts: Facts, engine: StackEngine, *, absent: bool) -> Step:
    """The step of a decision with the resources that it touches. A stack that cannot be shown is its step's problem.

    `absent`: there is no cloud yet to ask: the step comes after the hosts, and says so.
    """
    if decision.kind is StepKind.HOST or absent:
        return step_of(decision, later=decision.kind is not StepKind.HOST)
    stack = stack_of(decision.step)
    try:
        if decision.action is StepAction.RETIRE:
            changes = engine.preview_retire(stack) if stack in facts.stacks else ()
        else:
            exists = stack in facts.stacks
            target = target_of(decision, facts.ids)
            changes = engine.preview(replace(target, repair=target.repair and exists), exists=exists)
    except (PolicyRefusal, TemporaryFailure, PermanentFailure) as err:
        problem, trouble = trouble_of(err)
        return step_of(decision, (), problem=problem, trouble=trouble)
    return step_of(decision, changes)


def target_of(decision: Decision, ids: KnownIds, shown: Sequence[ResourceChange] = ()) -> StackTarget:
    """The stack of a decision. `ids`: as they are known now; `shown`: what its step changes."""
    return StackTarget(
        stack=stack_of(decision.step),
        kind=decision.kind,
        environment=decision.environment,
        ids=ids,
        repair=decision.repair,
        added=tuple(change for change in shown if is_added(change)),
    )
