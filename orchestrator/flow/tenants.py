"""Tenants' steps side by side, each once those that go before it have ended, however they ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from graphlib import TopologicalSorter

from orchestrator.flow.act import Actor
from orchestrator.model.outcome import Outcome, Status
from orchestrator.model.plan import Decision, Step


def act_on_tenants(
    steps: Sequence[Step], decisions: Mapping[str, Decision], actor: Actor, pool: Executor
) -> tuple[Outcome, ...]:
    """What came of each, in the order of the steps."""
    outcomes: dict[str, Outcome] = {}
    named = {step.name: step for step in steps}
    before = {name: decisions[name].after & named.keys() for name in named}
    turns = TopologicalSorter(before)
    turns.prepare()
    running: dict[Future[Outcome], str] = {}
    try:
        while turns.is_active():
            for name in turns.get_ready():
                broken = frozenset(one for one in before[name] if outcomes[one].status is not Status.DONE)
                running[pool.submit(actor.act_after, named[name], broken)] = name
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                name = running.pop(future)
                outcomes[name] = future.result()
                turns.done(name)
    finally:
        for future in running:  # only after what no outcome is made of: nothing new is begun
            future.cancel()
    return tuple(outcomes[step.name] for step in steps)
