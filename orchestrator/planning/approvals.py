"""Who must have approved a change, and who is missing.

A change cannot take its own judges away: the rules count as they were when the region was last applied and as they are
now, and whoever changes them needs every role that they named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from orchestrator.model.approvals import Governed, NeededApproval
from orchestrator.model.counted import counted
from orchestrator.model.plan import Step, StepAction, StepKind
from orchestrator.model.provenance import Provenance
from orchestrator.model.region import ApprovalRule, ChangeKind
from orchestrator.model.specs import Specs
from orchestrator.planning.check import deletions
from orchestrator.planning.digest import value_digest

Kinds = Mapping[ChangeKind, str]
"""Of what kinds a change is, each with what makes it so."""


def governed(specs: Specs) -> Governed:
    """What approvals watch over, of these specs."""
    region = specs.region
    bounds = (
        region.allowed_countries,
        region.image_countries,
        region.overcommit,
        region.reserve,
        region.deletion,
        region.freeze_windows,
        region.naming,
        region.approvals,
    )
    return Governed(
        approvals=region.approvals,
        policy=value_digest(bounds),
        waivers={name: value_digest(waiver) for name, waiver in specs.waivers.items()},
    )


def needed(specs: Specs, steps: tuple[Step, ...], last: Governed | None) -> tuple[NeededApproval, ...]:
    """Of a plan. `last`: as it was last applied; None: never, or by a version that kept no record of it."""
    return needed_for(dict(_kinds(steps)), governed(specs), last)


def needed_for(kinds: Kinds, now: Governed, last: Governed | None) -> tuple[NeededApproval, ...]:
    """Of a change of these kinds, and of what it does to waivers and policy; in the order of ChangeKind."""
    before = last.approvals if last else ()
    rules = {*before, *now.approvals}
    if not rules:
        return ()
    found = {**kinds, **dict(_written(now, last))}
    judged = {role for rule in before for role in rule.roles} if before and before != now.approvals else set()
    wanted = (
        NeededApproval(change=kind, roles=_roles(kind, rules, judged), why=found[kind])
        for kind in ChangeKind
        if kind in found
    )
    return tuple(one for one in wanted if one.roles)


def missing(needs: Sequence[NeededApproval], provenance: Provenance) -> tuple[NeededApproval, ...]:
    """What of it nobody has approved.

    The author of a change does not count; where a forge's pipeline does not say who that is, nobody counts.
    """
    heard = [] if provenance.forge and not provenance.author else provenance.approvals
    author = provenance.author.casefold()
    there = {role for one in heard if one.person.casefold() != author for role in one.roles}
    left = (replace(one, roles=tuple(role for role in one.roles if role not in there)) for one in needs)
    return tuple(one for one in left if one.roles)


def _roles(kind: ChangeKind, rules: set[ApprovalRule], judged: set[str]) -> tuple[str, ...]:
    named = {role for rule in rules if rule.change is kind for role in rule.roles}
    return tuple(sorted(named | judged if kind is ChangeKind.POLICY else named))


def _kinds(steps: tuple[Step, ...]) -> Iterator[tuple[ChangeKind, str]]:
    if acting := sum(1 for step in steps if step.acts or step.problem):
        yield ChangeKind.ANY, f"{counted(acting, 'step')} {'acts' if acting == 1 else 'act'}"
    going = deletions(steps)
    retired = [step.name for step in steps if step.action is StepAction.RETIRE]
    if going or retired:
        whose = f", {', '.join(retired)} retired" if retired else ""
        yield ChangeKind.DELETIONS, f"{counted(going, 'object')} {'goes' if going == 1 else 'go'}{whose}"
    if hosts := sum(1 for step in steps if step.kind in (StepKind.HOST, StepKind.MAINTENANCE) and step.acts):
        yield ChangeKind.HOSTS, f"{counted(hosts, 'host')} {'is' if hosts == 1 else 'are'} touched"


def _written(now: Governed, last: Governed | None) -> Iterator[tuple[ChangeKind, str]]:
    """One that is gone gives nobody anything."""
    known = last.waivers if last else {}
    if others := sorted(name for name, digest in now.waivers.items() if known.get(name) != digest):
        yield ChangeKind.WAIVERS, f"new or changed: {', '.join(others)}"
    if last is None:
        yield ChangeKind.POLICY, "the region's own bounds were never approved"
    elif last.policy != now.policy:
        yield ChangeKind.POLICY, "the region's own bounds change"
