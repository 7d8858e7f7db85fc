"""Answers to "what if" for a terminal. Pure: figures in, text out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import Resource
from orchestrator.model.fit import Amounts, Judgement, Misfit
from orchestrator.model.fit_text import amounts_text, misfit_text, named, shortfall_text
from orchestrator.model.region import FailureDomain
from orchestrator.model.what_if import Remedy, SweepLine, WhatIf
from orchestrator.reporting.capacity.view import SUPPLY
from orchestrator.reporting.table import table

ROWS = 20  # of a table of what finds no host
HOSTS = (Resource.VCPUS, Resource.MEMORY, Resource.DISK)


def what_if_to_text(told: WhatIf) -> str:
    """What was asked, who does not fit, what is missing as a sum, what to buy."""
    blocks = [
        f"What if: {'; '.join(told.changes)} (region {told.region}, supply as {SUPPLY[told.supply]})",
        _fits(told),
        sums_text(told.judged),
        *(_misfit(one, lost=told.lost) for one in told.judged.misfits),
        _remedies(told.remedies),
        _next_loss(told.next_loss),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def sweep_to_text(lines: Sequence[SweepLine]) -> str:
    """One line a domain; alike ones share it."""
    rows = [("LOSE", "", "ANSWER"), *(_sweep_row(line) for line in lines)]
    return table(rows) + "\n"


def sums_text(judged: Judgement) -> str:
    """Each resource of which there is not enough, all hosts taken together."""
    rows = [
        (
            one.site or "(region)",
            f"{one.resource.value.replace('_', ' ')} {', '.join(one.tiers)}".rstrip(),
            *(amount_text(one.resource, amount) for amount in (one.wanted, one.available, one.missing)),
        )
        for one in judged.guaranteed
    ]
    return (
        table([("SITE", "GUARANTEED", "PROMISED", "THERE", "MISSING"), *rows], right=frozenset({2, 3, 4}))
        if rows
        else ""
    )


def _fits(told: WhatIf) -> str:
    down = f"\nDown with their site, as agreed: {named(told.down)}" if told.down else ""
    if told.judged.fits:
        kept = "" if told.lost else ", also after every loss that must be survived"
        return f"All guaranteed shares fit{kept}.{down}"
    names = sorted({name for one in told.judged.misfits for name in one.tenants})
    return f"Does not fit. {tenants(names)} for all that was guaranteed.{down}" if names else f"Does not fit.{down}"


def tenants(names: Sequence[str]) -> str:
    verb = "1 tenant finds no host" if len(names) == 1 else f"{len(names)} tenants find no host"
    return f"{verb} ({named(names)})"


def _misfit(misfit: Misfit, *, lost: bool) -> str:
    after = f", after the loss of {misfit.loss.text}" if misfit.loss else "" if lost else ", even with nothing lost"
    hole = f"; largest hole {amounts_text(misfit.hole.free)} on {misfit.hole.host}" if misfit.hole else ""
    head = f"No host at site {misfit.site}{after}: {amounts_text(misfit.missing)} missing{hole}"
    rows = [
        (one.tenant, named(one.servers) or "parts of its share", str(one.count), *_cells(one.each))
        for one in misfit.unplaced[:ROWS]
    ]
    more = len(misfit.unplaced) - ROWS
    tail = f"\nand {more} more rows; --json has all of them" if more > 0 else ""
    heading = ("TENANT", "SERVERS", "COUNT", "VCPUS", "MEMORY", "DISK")
    return head + "\n" + table([heading, *rows], right=frozenset({2, 3, 4, 5})) + tail


def _cells(each: Amounts) -> Iterator[str]:
    for resource in HOSTS:
        yield amount_text(resource, each[resource]) if each.get(resource) else "-"


def _remedies(remedies: Iterable[Remedy]) -> str:
    rows = [
        (
            one.site,
            one.like,
            str(one.count) if one.count else "no number helps",
            f"{one.price:,.0f}".replace(",", " ") if one.price is not None and one.count else "-",
        )
        for one in remedies
    ]
    return "To buy, one line or another a site:\n" + table([("SITE", "LIKE", "COUNT", "PRICE"), *rows]) if rows else ""


def _next_loss(judged: Judgement) -> str:
    if judged.fits:
        return ""
    return "Until it is back, the reserve is not whole:\n" + _sentences(judged).rstrip("\n")


def _sentences(judged: Judgement) -> str:
    lines = (*map(shortfall_text, judged.guaranteed), *map(misfit_text, judged.misfits))
    return "".join(f"  {line}\n" for line in lines)


def _sweep_row(line: SweepLine) -> tuple[str, str, str]:
    like = f"(and {line.like} alike)" if line.like else ""
    if line.misfit is None:
        site = line.domain.kind is FailureDomain.SITE
        return (line.domain.text, like, "what must survive it fits" if site else "everything fits")
    return (line.domain.text, like, f"{tenants(line.misfit.tenants)}: {amounts_text(line.misfit.missing)} missing")
