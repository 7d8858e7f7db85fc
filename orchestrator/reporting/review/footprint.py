"""Part five: kgCO2e a year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from orchestrator.model.footprint import Footprint
from orchestrator.model.review_figures import FootprintDelta
from orchestrator.reporting.review.numbers import percent, shift
from orchestrator.reporting.review.section import Block, Grid, Said, Section, limited

MOST_MEMBERS: Final = 40
_WHOLE: Final[tuple[tuple[str, Callable[[Footprint], Fraction]], ...]] = (
    ("Energy of hosts and buildings", lambda one: one.operational),
    ("of which idle: drawn with nothing to do", lambda one: one.idle),
    ("Making of hosts, their part of a year", lambda one: one.embodied),
    ("Whole", lambda one: one.total),
)


def footprint(delta: FootprintDelta) -> Section:
    return Section(title="kgCO2e a year", blocks=tuple(_blocks(delta)))


def _blocks(delta: FootprintDelta) -> Iterator[Block]:
    was, now = delta.before.footprint if delta.before else None, delta.after.footprint
    rows = tuple((what, shift(figure(was) if was else None, figure(now))) for what, figure in _WHOLE)
    yield Grid(head=("The region", "kgCO2e"), rows=rows, right=frozenset({1}))
    yield from _members(delta)
    yield Said(text=_known(now))
    yield Said(
        text=f"the same load of {percent(delta.load)} and the same key as above; networks and devices are in no spec"
    )


def _members(delta: FootprintDelta) -> Iterator[Block]:
    before = delta.before.members if delta.before else {}
    after = delta.after.members
    names = sorted({*before, *after})
    rows, more = limited(
        [
            (name, shift(before.get(name, Fraction()) if delta.before else None, after.get(name, Fraction())))
            for name in names
        ],
        MOST_MEMBERS,
    )
    if rows:
        yield Grid(head=("Member", "Its part"), rows=rows, right=frozenset({1}), more=more)


def _known(now: Footprint) -> str:
    old = f"; {now.refurbished} refurbished" if now.refurbished else ""
    if now.unstated:
        return f"the making of {now.unstated} of {now.hosts} hosts is stated nowhere and counted as 0{old}"
    return f"the making of every one of {now.hosts} hosts is stated{old}"
