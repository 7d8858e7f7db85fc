"""Which tenants' steps go before which: whose network is used is built first, and goes last.

What a stack uses stands in its environment; what it used when it was last applied, in what was recorded of it. Steps
that have nothing to do with each other have no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter

from orchestrator.model.environment import TenantEnvironment
from orchestrator.model.plan import Decision, StepKind, tenant_step
from orchestrator.model.recorded_shares import RecordedShares

Before = dict[str, set[str]]
"""Step -> steps that go before it."""


def ordered(decisions: Sequence[Decision], shares: Mapping[str, RecordedShares]) -> tuple[Decision, ...]:
    """The same decisions, each with the steps that go `after` which it comes, and none before those.

    A network that is not used any more must be left before its owner may delete it: so its former user goes first,
    unless it has to wait for the owner anyway. Then the owner's deletion fails, and the next run finishes it.
    """
    tenants = {one.step: one for one in decisions if one.kind is StepKind.TENANT}
    before: Before = {step: {tenant_step(name) for name in one.needs} & tenants.keys() for step, one in tenants.items()}
    for user in tenants.values():
        for owner in _left(user, shares.get(user.step)):
            if owner in before and not _goes_before(before, owner, user.step):
                before[owner].add(user.step)
    turn = _turns(before)
    placed = sorted(tenants.values(), key=lambda one: turn[one.step])  # stable: by name within a turn
    others = [one for one in decisions if one.step not in tenants]
    return (*others, *(replace(one, after=frozenset(before[one.step])) for one in placed))


def _left(user: Decision, shares: RecordedShares | None) -> Iterator[str]:
    """Steps of tenants with a network that the user was on and is to leave."""
    now = user.environment.used_networks if isinstance(user.environment, TenantEnvironment) else {}
    for owner, networks in sorted(shares.used.items() if shares else ()):
        if networks - set(now.get(owner, ())):
            yield tenant_step(owner)


def _goes_before(before: Before, first: str, second: str) -> bool:
    """Whether one step goes before another already, through however many others."""
    seen, due = {second}, [second]
    while due:
        new = before[due.pop()] - seen
        seen |= new
        due += new
    return first in seen


def _turns(before: Before) -> Mapping[str, int]:
    """0 for what waits for nothing. Raises graphlib.CycleError for circles, which specs are refused for."""
    turn: dict[str, int] = {}
    for step in TopologicalSorter(before).static_order():
        turn[step] = 1 + max((turn[one] for one in before[step]), default=-1)
    return turn
