"""What is applied is what was reviewed: the same plan, or what is left of it after a run that was cut off."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.errors import PolicyRefusal
from orchestrator.model.outcome import RunReport
from orchestrator.model.plan import Plan
from orchestrator.model.plan_comparison import PlanComparison
from orchestrator.planning.assemble import plan_digest
from orchestrator.planning.comparison import compared
from orchestrator.planning.remainder import beyond

AGAIN = "make a new plan, have it reviewed, apply that one"


class NotReviewed(PolicyRefusal):
    """What would be done now is not what was reviewed. `comparison`: what differs."""

    def __init__(self, message: str, comparison: PlanComparison) -> None:
        super().__init__(message, hint=AGAIN)
        self.comparison = comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Remainder:
    """What is left of a reviewed plan.

    `run`: the one that was cut off; `done`: steps of the plan that are done; `left`: steps that this run takes.
    """

    run: str
    done: int
    left: int


def refuse_unless_applicable(plan: Plan) -> None:
    """Raises PolicyRefusal with every reason why the plan must not be applied."""
    if plan.refused:
        found = (f"{finding.code} {finding.message}" for finding in plan.findings if finding.refuses)
        raise PolicyRefusal("the plan is refused: " + "; ".join((*plan.refusals, *found)))


def refuse_unless_reviewed(reviewed: Plan, now: Plan, last: RunReport | None = None) -> Remainder | None:
    """None: it is the same plan. Raises PolicyRefusal when something would be done that was not reviewed.

    The digest of a plan file counts only if it is the digest of the steps in it: these are what people saw.
    `last`: the region's last run. Only when it was of this very plan file may the rest of it be enough: had another
    run come in between, doing what is left might undo what that one did.
    """
    if reviewed.digest != plan_digest(reviewed.region, reviewed.steps):
        raise PolicyRefusal("the plan file was changed after it was made, or made by another version", hint=AGAIN)
    if reviewed.digest == now.digest:
        return None
    if last is None or last.provenance.reviewed != reviewed.digest:
        why = "specs, state or programs changed since the plan was made"
        raise NotReviewed(f"what would be done now is not what was reviewed: {why}", compared(reviewed, now))
    if more := beyond(reviewed, now):
        others = f" (and {len(more) - 1} more)" if more[1:] else ""
        why = f"after run {last.run} of this plan, {more[0]}{others}"
        raise NotReviewed(f"what would be done now is not what was reviewed: {why}", compared(reviewed, now))
    acting = {step.name for step in now.steps}
    done = sum(1 for step in reviewed.steps if step.name not in acting)
    return Remainder(run=last.run, done=done, left=len(now.steps))
