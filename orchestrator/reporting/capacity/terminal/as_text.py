"""The figures of `mutualis capacity` for a terminal. Pure: a view in, text out."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator

from orchestrator.model.fit_text import misfit_text, shortfall_text
from orchestrator.model.snapshot import PLACEMENT, PartHealth
from orchestrator.reporting.capacity.terminal.canvas import Canvas, Style, printable
from orchestrator.reporting.capacity.terminal.room_table import room_lines
from orchestrator.reporting.capacity.terminal.tables import TENANTS, places_table
from orchestrator.reporting.capacity.view import SUPPLY, CapacityView, Risk


def capacity_to_text(view: CapacityView, canvas: Canvas | None = None) -> str:
    """Tables of sites and tenants with bars; what does not fit; which figures are old or incomplete.

    `-`: not known or not applicable. Tenants' lines that are all 0 are left out.
    """
    canvas = canvas or Canvas()
    tables = [
        places_table(view).lines(view.capacity.sites, canvas),
        places_table(view).lines(view.capacity.aggregates, canvas) if view.site else [],
        room_lines(view.headroom, canvas),
        TENANTS.lines([line for line in view.capacity.tenants if not line.is_empty], canvas),
    ]
    blocks = [
        [_wrapped(_title(view), canvas, Style.SITE), *_legend(view, canvas)],
        *tables,
        list(_unfit(view, canvas)),
        list(_freshness(view, canvas)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _title(view: CapacityView) -> str:
    of = f"tenant {view.tenant}" if view.tenant else f"site {view.site}" if view.site else ""
    whose = f"{of} in region {view.capacity.region}" if of else f"region {view.capacity.region}"
    return f"Capacity of {whose} (supply as {SUPPLY[view.capacity.supply]})"


def _legend(view: CapacityView, canvas: Canvas) -> Iterator[str]:
    signs = canvas.signs
    layers = [(signs.allocated, "allocated"), (signs.guaranteed, "guaranteed")]
    layers += [] if view.tenant else [(signs.declared, "declared")]
    of = "declared" if view.tenant else "allocatable"
    said = "  ".join(f"{sign} {word}" for sign, word in (*layers, (signs.free, "free"), (signs.beyond, f"beyond {of}")))
    yield _wrapped(said, canvas, Style.HEADING)


def _unfit(view: CapacityView, canvas: Canvas) -> Iterator[str]:
    """A sentence each, as the findings of `validate` say it; nothing when all guaranteed shares fit."""
    if view.fits:
        return
    yield canvas.paint("Does not fit:", Style.OVER)
    sentences = (
        *map(shortfall_text, view.judged.guaranteed),
        *map(misfit_text, view.judged.misfits),
        *map(_risk, view.risks),
    )
    for sentence in sentences:
        yield _wrapped(f"  {sentence}", canvas, None)


def _risk(risk: Risk) -> str:
    if risk.resource:
        return f"the guaranteed shares of all members at its site exceed what is there: {risk.resource.value}"
    lost = f"after the loss of a {risk.lost.value}" if risk.lost else "even with nothing lost"
    return f"a part of the guaranteed share finds no host, {lost}"


def _freshness(view: CapacityView, canvas: Canvas) -> Iterator[str]:
    if view.trouble:
        yield _wrapped(f"! specs: as read before: {printable(view.trouble)}", canvas, Style.WARNING)
    if view.taken_at is None:
        return
    for part in view.stale:
        yield _wrapped(f"! {part.part}: {_age(part, view.taken_at)}", canvas, Style.WARNING)
    for part in view.partial:
        of_what = "hosts" if part.part == PLACEMENT else "projects"
        known = f"! {part.part}: known for {100 * part.completeness:.0f} % of the {of_what}"
        yield _wrapped(known, canvas, Style.WARNING)
    for part in view.doubtful:
        yield _wrapped(f"! {part.part}: {printable(part.notice)}", canvas, Style.WARNING)
    fine = "; every part answered" if not view.stale else ""
    yield f"Read {moment(view.taken_at)}{fine}{' for every project' if fine and not view.partial else ''}."


def _age(part: PartHealth, now: float) -> str:
    age = f"{now - part.last_success:.0f} s old" if part.last_success else "never read"
    return f"{age}: {printable(part.error)}" if part.error else age


def moment(seconds: float) -> str:
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def _wrapped(sentence: str, canvas: Canvas, style: Style | None) -> str:
    lines = [sentence]
    if canvas.width:
        indent = " " * (len(sentence) - len(sentence.lstrip())) + "  "
        lines = textwrap.wrap(sentence, canvas.width, subsequent_indent=indent, drop_whitespace=True) or [""]
    return "\n".join(canvas.paint(line, style) for line in lines)
