"""Drift: compare stacks with the cloud, judge each difference by its owner, keep the numbers. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from orchestrator.errors import MutualisError, UsageError
from orchestrator.model.drift import DriftReport, tenant_of
from orchestrator.model.plan import REGION_STEP
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState
from orchestrator.planning.drift import due, failed, folded, stack_drift
from orchestrator.ports import Clock, DriftRecords, StackComparison


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftWorld:
    """The ports that looking for drift needs."""

    comparison: StackComparison
    records: DriftRecords
    clock: Clock


def find_drift(specs: Specs, world: DriftWorld, tenants: Collection[str] = ()) -> DriftReport:
    """A pass over the whole region, or over these tenants alone (`region`: its own objects); it is recorded.

    Raises UsageError for a tenant that the specs do not know; what cannot be looked at is said in the report.
    """
    unknown = sorted(set(tenants) - specs.tenants.keys() - {REGION_STEP})
    if unknown:
        raise UsageError(f"region {specs.region.name} has no tenant {unknown[0]}", hint="name one of its specs")
    known = world.comparison.stacks()
    wanted = [name for name, one in specs.tenants.items() if one.state is not TenantState.RETIRED]
    chosen = sorted(tenants) or wanted
    stacks = known & set(tenants) if tenants else known
    unapplied = tuple(name for name in chosen if name not in known)
    return _pass(specs, world, tuple(sorted(stacks, key=_place)), known=known, unapplied=unapplied)


def drift_turn(specs: Specs, world: DriftWorld, turns: int) -> DriftReport:
    """One of `turns` passes that see the whole region together: over the stacks that were not seen for longest.

    One that cannot even begin is recorded as a pass that did not succeed, and raises what it raised.
    """
    try:
        known = world.comparison.stacks()
        stacks = due(world.records.read(), sorted(known), turns)
        return _pass(specs, world, stacks, known=known, unapplied=())
    except MutualisError:
        when = world.clock.now().isoformat(timespec="seconds")
        world.records.update(lambda before: failed(before, when))
        raise


def _pass(
    specs: Specs,
    world: DriftWorld,
    stacks: tuple[str, ...],
    *,
    known: frozenset[str],
    unapplied: tuple[str, ...],
) -> DriftReport:
    started = world.clock.now()
    when = started.isoformat(timespec="seconds")
    found = world.comparison.compare(stacks)
    report = DriftReport(
        region=specs.region.name,
        started_at=when,
        seconds=(world.clock.now() - started).total_seconds(),
        stacks=tuple(stack_drift(one, when) for one in found.stacks),
        lists=found.lists,
        reads=found.reads,
        known=tuple(sorted(map(tenant_of, known))),
        unapplied=unapplied,
        unseen=found.unseen,
    )
    world.records.update(lambda before: folded(before, report))
    return report


def _place(stack: str) -> tuple[bool, str]:
    """The region first, then tenants by name."""
    return (stack != REGION_STEP, stack)
