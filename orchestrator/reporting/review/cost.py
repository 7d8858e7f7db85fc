"""Part four: euros a year, what members are charged and what the region costs its operator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from orchestrator.model.review_figures import CostDelta, CostFigures, MemberCost
from orchestrator.reporting.review.numbers import number, percent, shift
from orchestrator.reporting.review.section import Block, Grid, Row, Said, Section, limited

MOST_MEMBERS: Final = 40
_ZERO: Final = MemberCost(charge=Fraction(), investment=Fraction(), operation=Fraction())
Figure = Callable[[CostFigures], Fraction]
_WHOLE: Final[tuple[tuple[str, Figure], ...]] = (
    ("Charged to members by the tariff", lambda one: one.charge),
    ("Investment: amortisation of the operator's hosts", lambda one: one.cost.investment),
    ("Operation: energy of all hosts", lambda one: one.cost.operation),
    ("Borne by members that lend hosts: their amortisation", lambda one: one.cost.lent),
    ("Bought in all: the operator's hosts, once", lambda one: one.cost.purchases),
)


def cost(delta: CostDelta) -> Section:
    return Section(title=f"{delta.currency} a year", blocks=tuple(_blocks(delta)))


def _blocks(delta: CostDelta) -> Iterator[Block]:
    rows = tuple(
        (what, shift(figure(delta.before) if delta.before else None, figure(delta.after))) for what, figure in _WHOLE
    )
    yield Grid(head=("The region", delta.currency), rows=rows, right=frozenset({1}))
    if not delta.after.charges:
        yield Said(text="no tariff is valid today: charges are not known, and counted as 0", loud=True)
    yield from _members(delta)
    yield Said(text=_assumed(delta))


def _members(delta: CostDelta) -> Iterator[Block]:
    names = sorted({*delta.after.members, *(delta.before.members if delta.before else ())})
    changed = [name for name in names if _charge(delta.before, name) != _charge(delta.after, name)]
    others = [name for name in names if name not in changed]
    rows, more = limited([_row(delta, name) for name in (*changed, *others)], MOST_MEMBERS)
    head = ("Member", "Charge", "Its part of investment", "Its part of operation")
    if rows:
        yield Grid(head=head, rows=rows, right=frozenset({1, 2, 3}), more=more)


def _row(delta: CostDelta, name: str) -> Row:
    was = _of(delta.before, name) if delta.before else None
    now = _of(delta.after, name)
    return (
        name,
        shift(was.charge if was else None, now.charge),
        shift(was.investment if was else None, now.investment),
        shift(was.operation if was else None, now.operation),
    )


def _of(figures: CostFigures, name: str) -> MemberCost:
    return figures.members.get(name, _ZERO)


def _charge(figures: CostFigures | None, name: str) -> Fraction:
    return _of(figures, name).charge if figures else Fraction()


def _assumed(delta: CostDelta) -> str:
    done = delta.after.cost.amortised
    amortised = f", {done} of the hosts are amortised and cost energy alone" if done else ""
    energy = f"{number(delta.after.cost.energy_kwh)} kWh with the buildings"
    return (
        f"hosts are taken to draw {percent(delta.load)} of the way from idle to their most ({energy}){amortised}; "
        "parts by the key: half by guaranteed shares, half by quotas; staff, buildings and licences are in no spec"
    )
