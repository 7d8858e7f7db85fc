"""A whole review as sections: what comes first is what nobody may overlook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from orchestrator.model.review import Review
from orchestrator.model.review_source import Unjudged
from orchestrator.reporting.findings import counts_line
from orchestrator.reporting.review.capacity import capacity
from orchestrator.reporting.review.cost import cost
from orchestrator.reporting.review.footprint import footprint
from orchestrator.reporting.review.gates import gates
from orchestrator.reporting.review.policy import policy
from orchestrator.reporting.review.resources import resources
from orchestrator.reporting.review.section import Block, Listing, Said, Section

MOST_FILES: Final = 50
SHORT: Final = 12


def headline(review: Review) -> str:
    """`refused (2 errors)`, or what is found otherwise."""
    found = counts_line(review.findings)
    if review.refused:
        found = f"{_counted(len(review.refused), 'entry', 'entries')} not read, {found}"
    return f"{'refused' if review.refuses else 'nothing refused'} ({found})"


def compared_line(review: Review) -> str:
    """Names as they were asked for; a commit's own is told once, and short."""
    head, base = review.head[:SHORT], review.base[:SHORT]
    head = head if _names(review.head_asked, review.head) else f"{review.head_asked} ({head})"
    if not base:
        return f"{head}, compared with nothing: everything is new"
    return f"{head} against {base}, where it left {_short(review.base_asked)}"


def _names(asked: str, commit: str) -> bool:
    return bool(asked) and commit.startswith(asked)


def _short(asked: str) -> str:
    """A commit's whole name as a short one; a branch is called as it is."""
    return asked[:SHORT] if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", asked) else asked


def sections(review: Review) -> Iterator[Section]:
    notices = tuple(_notices(review))
    if notices:
        yield Section(title="Before anything else", blocks=notices)
    if not review.unread:
        yield resources(review)
    yield policy(review)
    if review.capacity:
        yield capacity(review.capacity)
    if review.cost:
        yield cost(review.cost)
    if review.footprint:
        yield footprint(review.footprint)


def _notices(review: Review) -> Iterator[Block]:
    if review.unread:
        yield Said(text=review.unread, loud=True)
    for one in review.refused[:MOST_FILES]:
        detail = f" ({one.detail})" if one.detail else ""
        yield Said(text=f"refused, and not read: {one.path}: {one.why.value}{detail}", loud=True)
    if len(review.refused) > MOST_FILES:
        yield Said(text=f"and {len(review.refused) - MOST_FILES} more are refused", loud=True)
    if review.behind:
        has = f"{_short(review.base_asked)} has {_counted(review.behind, 'commit', 'commits')}"
        text = f"{has} that this change does not have: what they take is not in these figures"
        yield Said(text=f"{text}; rebase, and look again")
    yield from gates(review)
    yield from _unjudged(review)


def _unjudged(review: Review) -> Iterator[Block]:
    """What runs, judges or approves is named first."""
    if review.more_unjudged:
        yield Said(text="more files change than can be listed", loud=True)
    files = sorted(review.unjudged, key=lambda one: (one.kind is Unjudged.OTHER, one.kind.value, one.path))
    if not files:
        return
    counted = Counter(one.kind for one in files)
    grave = {kind: count for kind, count in counted.items() if kind is not Unjudged.OTHER}
    for kind, count in grave.items():
        changed = _counted(count, "file changes", "files change")
        yield Said(text=f"look for yourself, {changed} that no rule judges: {kind.value}", loud=True)
    if others := counted[Unjudged.OTHER]:
        changed = _counted(others, "other file changes", "other files change")
        yield Said(text=f"{changed} that no review reads")
    lines = [f"{_MARKS[one.change]} {one.path} ({one.kind.value})" for one in files[:MOST_FILES]]
    more = len(files) - MOST_FILES
    yield Listing(title="Files not judged here", lines=(*lines, f"  … and {more} more") if more > 0 else tuple(lines))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


_MARKS: Final = {"added": "+", "changed": "~", "removed": "-"}
