"""What is said about the figures: whether everything fits, how fresh they are, what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.fit import Amounts, Misfit, Promise, Shortfall
from orchestrator.model.snapshot import PLACEMENT, PartHealth
from orchestrator.reporting.capacity.page.drawing import swatch
from orchestrator.reporting.capacity.page.tables import Cell, Heading, table
from orchestrator.reporting.capacity.page.words import LAYERS, UNKNOWN, Words
from orchestrator.reporting.capacity.view import CapacityView, Risk
from orchestrator.reporting.html.element import Element, element


def verdict(view: CapacityView, words: Words) -> Iterator[Element]:
    """Whether what was guaranteed has its place; which quotas are oversold."""
    good, bad = (words.tenant_fits, words.tenant_fits_not) if view.tenant else (words.fits, words.fits_not)
    if view.fits:
        yield element("div", element("p", good), class_="note good")
    else:
        sentences = [
            *(_short(one, words.short, words) for one in view.judged.guaranteed),
            *(_unplaced(one, words) for one in view.judged.misfits),
            *(_risk(one, words) for one in view.risks),
        ]
        yield _note("bad", bad, sentences)
    sold = [one for one in view.judged.shortfalls if one.promise is Promise.DECLARED]
    if sold:
        yield _note("warn", words.oversold_title, [_short(one, words.oversold, words) for one in sold])


def completeness(view: CapacityView, words: Words) -> Element:
    """One sentence when everything is there, else what is not."""
    sentences = [words.trouble.format(trouble=view.trouble)] if view.trouble else []
    sentences += [_stale(part, words) for part in view.stale]
    sentences += [_partial(part, words) for part in view.partial]
    sentences += [f"{_part_name(part, words)}: {part.notice}." for part in view.doubtful]
    if sentences:
        return _note("warn", words.incomplete, sentences)
    return element("p", words.not_asked if view.taken_at is None else words.complete, class_="quiet")


def freshness(view: CapacityView, words: Words) -> Iterator[Element]:
    """A table of the parts; nothing when the cloud was not asked."""
    if not view.parts:
        return
    texts = (words.part, words.state, words.read, words.known)
    headings = [
        Heading(text=text, kind=kind) for text, kind in zip(texts, ("name", "text", "text", "number"), strict=True)
    ]
    rows = [
        [
            Cell(content=_part_name(part, words)),
            Cell(content=_state(part, words), over=not part.up),
            Cell(content=words.at(part.last_success) if part.last_success else UNKNOWN),
            Cell(content=words.percent.format(f"{100 * part.completeness:.0f}") if part.last_success else UNKNOWN),
        ]
        for part in view.parts
    ]
    yield element("section", element("h2", words.freshness), table(words.freshness, headings, rows, "parts"))


def legend(view: CapacityView, words: Words) -> Element:
    """What the patterns mean."""
    layers = ("allocated", "guaranteed") if view.tenant else ("allocated", "guaranteed", "declared")
    named = [(layer, words.layers[layer]) for layer in layers] + [("free", words.free)]
    named += [] if view.tenant else [("limit", words.limit)]
    items = (element("li", swatch(layer), element("span", text)) for layer, text in named)
    return element("ul", *items, class_="legend", aria_label=words.legend)


def meanings(view: CapacityView, words: Words) -> Element:
    """Every word of the tables."""
    own = words.tenant_meanings if view.tenant else words.meanings
    pairs = [(words.layers[layer], own[layer]) for layer in LAYERS if layer in own]
    pairs.append((words.full, words.tenant_full_meaning if view.tenant else words.full_meaning))
    pairs += [] if view.tenant else [(words.sold, words.sold_meaning)]
    pairs.append((UNKNOWN, words.unknown_meaning))
    terms = (element("div", element("dt", term), element("dd", meaning)) for term, meaning in pairs)
    return element("section", element("h2", words.how_to_read), element("dl", *terms))


def _note(kind: str, title: str, sentences: list[str]) -> Element:
    items = (element("li", sentence) for sentence in sentences)
    return element("div", element("p", title), element("ul", *items), class_=f"note {kind}")


def _short(one: Shortfall, sentence: str, words: Words) -> str:
    what = " ".join([words.in_sentence(one.resource), *one.tiers])
    tenants = [f"{name} ({words.amount(one.resource, amount)})" for name, amount in one.tenants]
    return sentence.format(
        site=one.site or words.of_region,
        what=what,
        missing=words.amount(one.resource, one.missing),
        wanted=words.amount(one.resource, one.wanted),
        available=words.amount(one.resource, one.available),
        tenants=words.listed(tenants),
    )


def _unplaced(one: Misfit, words: Words) -> str:
    return words.unplaced.format(
        site=one.site,
        lost=words.lost[one.loss.kind].format(name=one.loss.name) if one.loss else words.nothing_lost,
        tenants=words.listed(one.tenants),
        missing=_amounts(one.missing, words),
        also=words.also.format(also=one.also) if one.also else "",
    )


def _amounts(amounts: Amounts, words: Words) -> str:
    return ", ".join(
        words.amounts[resource].format(words.amount(resource, amount)) for resource, amount in amounts.items() if amount
    )


def _risk(risk: Risk, words: Words) -> str:
    if risk.resource:
        return words.risk_sum.format(what=words.in_sentence(risk.resource))
    return words.risk_place.format(lost=words.losses[risk.lost] if risk.lost else words.nothing_lost)


def _part_name(part: PartHealth, words: Words) -> str:
    return words.parts.get(part.part, part.part)


def _stale(part: PartHealth, words: Words) -> str:
    sentence = words.stale if part.last_success else words.never
    said = sentence.format(part=_part_name(part, words), when=words.at(part.last_success))
    return f"{said} {part.error}" if part.error else said


def _partial(part: PartHealth, words: Words) -> str:
    sentence = words.partial_hosts if part.part == PLACEMENT else words.partial
    return sentence.format(part=_part_name(part, words), known=words.percent.format(f"{100 * part.completeness:.0f}"))


def _state(part: PartHealth, words: Words) -> str:
    return words.answered if part.up else words.silent
