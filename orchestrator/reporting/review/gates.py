"""What a change meets after its merge, told before anything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from orchestrator.model.region import FreezeWindow
from orchestrator.model.review import Review
from orchestrator.reporting.review.section import Said, clipped


def gates(review: Review) -> Iterator[Said]:
    """Freeze windows, then approvals."""
    for window in review.freezes:
        yield _frozen(window, review.today)
    for one in review.approvals:
        yield Said(text=f"apply needs the approval of {clipped(one.sentence, 400)}", loud=True)


def _frozen(window: FreezeWindow, today: dt.date) -> Said:
    reason = clipped(window.reason)
    after = window.end + dt.timedelta(days=1)
    if window.start <= today:
        text = f"a freeze window is under way until {window.end} ({reason}): apply will refuse before {after}"
        return Said(text=text, loud=True)
    return Said(
        text=f"a freeze window begins on {window.start} ({reason}): apply before, for it will refuse until {window.end}"
    )
