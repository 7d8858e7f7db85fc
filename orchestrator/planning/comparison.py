"""Two plans held against each other, step by step: for people who have to see why an apply is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from orchestrator.model.plan import Plan, ResourceChange, Step
from orchestrator.model.plan_comparison import PlanComparison, Standing, StepComparison, StepDifference

Key = tuple[str, str, str]
"""URN, kind, name of a resource."""

SHORT = 12
"""Characters of a digest that are shown."""


def compared(reviewed: Plan, now: Plan) -> PlanComparison:
    """What differs, and no more than the digest of a plan covers: neither words of a problem nor servers that move."""
    before, after = ({step.name: step for step in plan.steps} for plan in (reviewed, now))
    both = [name for name in before if name in after]
    names = [*before, *(name for name in after if name not in before)]
    found = (_step(name, before.get(name), after.get(name)) for name in names)
    return PlanComparison(
        reviewed_digest=reviewed.digest,
        now_digest=now.digest,
        steps=tuple(sorted((one for one in found if one), key=lambda one: list(Standing).index(one.standing))),
        alike=sum(1 for name in both if not _step(name, before[name], after[name])),
        reordered=both != [name for name in after if name in before],
    )


def _step(name: str, reviewed: Step | None, now: Step | None) -> StepComparison | None:
    """None for what is the same in both."""
    differences = (*_facts(reviewed, now), *_resources(reviewed, now))
    if reviewed and now and not differences:
        return None
    either = Standing.ONLY_REVIEWED if reviewed else Standing.ONLY_NOW
    return StepComparison(
        step=name,
        standing=Standing.CHANGED if reviewed and now else either,
        reviewed=_told(reviewed),
        now=_told(now),
        differences=differences,
    )


def _told(step: Step | None) -> str:
    """`build: 2 create, 1 delete`; empty where there is none."""
    if step is None:
        return ""
    counts = Counter(change.operation.value for change in step.changes)
    what = ", ".join(f"{count} {operation}" for operation, count in counts.items())
    return f"{step.action.value}: {what}" if what else step.action.value


def _facts(reviewed: Step | None, now: Step | None) -> Iterator[StepDifference]:
    if reviewed is None or now is None:
        return
    before, after = _shown(reviewed), _shown(now)
    for field, value in before.items():
        if value != after[field]:
            yield StepDifference(field=field, reviewed=value, now=after[field])
    if before["inputs"] == after["inputs"] and reviewed.digest != now.digest:
        short = (step.digest[:SHORT] for step in (reviewed, now))
        yield StepDifference(field="ids of the region's objects", reviewed=next(short), now=next(short))


def _shown(step: Step) -> Mapping[str, str]:
    """Everything of a step that the digest of a plan covers, besides its resources."""
    return {
        "action": step.action.value,
        "reason": step.reason,
        "inputs": (step.wanted or step.digest)[:SHORT],
        "cannot be shown": step.trouble.value,
        "repair": "yes" if step.repair else "",
        "turn": str(step.batch) if step.batch else "",
        "after the hosts": "yes" if step.later else "",
    }


def _resources(reviewed: Step | None, now: Step | None) -> Iterator[StepDifference]:
    before, after = _changes(reviewed), _changes(now)
    for key in (*before, *(key for key in after if key not in before)):
        yield from _resource(key, before.get(key, []), after.get(key, []))


def _changes(step: Step | None) -> Mapping[Key, list[ResourceChange]]:
    """By resource: one that is replaced half-way may be deleted and made in two changes."""
    found: dict[Key, list[ResourceChange]] = {}
    for change in step.changes if step else ():
        found.setdefault((change.urn, change.kind, change.name), []).append(change)
    return found


def _resource(key: Key, before: list[ResourceChange], after: list[ResourceChange]) -> Iterator[StepDifference]:
    _, kind, name = key
    was, now = (", ".join(change.operation.value for change in changes) for changes in (before, after))
    if was != now:
        yield StepDifference(kind=kind, name=name, reviewed=was, now=now)
        return
    old, new = _properties(before), _properties(after)
    for path in (*old, *(path for path in new if path not in old)):
        if old.get(path) != new.get(path):
            yield StepDifference(kind=kind, name=name, field=path, reviewed=old.get(path, ""), now=new.get(path, ""))


def _properties(changes: list[ResourceChange]) -> Mapping[str, str]:
    return {
        one.path: f"{one.old or '(none)'} -> {one.new or '(none)'}{' (replaces)' if one.replaces else ''}"
        for change in changes
        for one in change.properties
    }
