"""Part two: findings that a change brings, solves and leaves, whatever lines they moved to; and what waivers do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from orchestrator.model.finding import Finding
from orchestrator.model.review import PolicyDelta
from orchestrator.model.specs import Specs, Waiver


def policy_delta(
    before: Sequence[Finding], after: Sequence[Finding], was: Specs | None, now: Specs | None
) -> PolicyDelta:
    """A finding stays that says the same of the same object, and is waived as it was.

    Nothing is solved in a head that cannot be judged: its rules were not asked.
    """
    staying, new = _parted(after, before)
    _, solved = _parted(before, after)
    return PolicyDelta(
        new=new,
        solved=solved if now else (),
        staying=staying,
        waivers=tuple(_waivers(was, now)) if now else (),
    )


def _identity(finding: Finding) -> tuple[str, ...]:
    """Without its place: lines move."""
    what = str(finding.object) if finding.object else finding.position.file
    return finding.code, what, finding.message, finding.waived_until


def _parted(findings: Sequence[Finding], others: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Those that the others have too, each of them once, and those that they have not."""
    left = Counter(map(_identity, others))
    shared: list[Finding] = []
    own: list[Finding] = []
    for finding in findings:
        left[_identity(finding)] -= 1
        (own if left[_identity(finding)] < 0 else shared).append(finding)
    return tuple(shared), tuple(own)


def _waivers(was: Specs | None, now: Specs) -> Iterator[str]:
    before = was.waivers if was else {}
    for name in sorted({*before, *now.waivers}):
        old, new = before.get(name), now.waivers.get(name)
        if new and not old:
            yield f"waiver {name} is new: {_told(new)}"
        elif old and not new:
            yield f"waiver {name} is withdrawn: {_told(old)}"
        elif old and new and old != new:
            yield f"waiver {name} is changed: {_told(new)}; it was: {_told(old)}"


def _told(waiver: Waiver) -> str:
    what = f"{waiver.rule} for {waiver.object_kind} {waiver.object_name} until {waiver.expires}"
    return f"{what}, approved by {waiver.approved_by}: {waiver.reason}"
