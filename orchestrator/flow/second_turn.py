"""Tenants' steps carried out once more in the same run, because of what the steps of others made meanwhile.

Two tenants may open containers for each other: whichever comes first does not know the other's project. What is done
again was in the plan, and reviewed: there the ids stand as not known yet. A step with an id that was known and is
another one now has no second turn, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from orchestrator.flow.act import Actor
from orchestrator.model.outcome import Outcome, Status
from orchestrator.model.plan import Step


def second_turn(steps: Sequence[Step], first: Sequence[Outcome], actor: Actor, pool: Executor) -> Iterator[Outcome]:
    """What came of each step in all. `first`: of the first turn; one that was not done there is not tried again."""
    done = {one.step for one in first if one.status is Status.DONE}
    due = [step for step in steps if step.name in done and actor.is_outdated(step)]
    again = {one.step: one for one in pool.map(actor.act_again, due)}
    return (_together(one, again[one.step]) if one.step in again else one for one in first)


def _together(first: Outcome, second: Outcome) -> Outcome:
    counts = Counter(first.counts) + Counter(second.counts)
    return replace(second, seconds=first.seconds + second.seconds, counts=dict(counts))
