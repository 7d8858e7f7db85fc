"""The whole page: one file that asks nobody for anything, for a screen of any width and for paper."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Final

from orchestrator.reporting.capacity.page.drawing import patterns
from orchestrator.reporting.capacity.page.element import Element, element
from orchestrator.reporting.capacity.page.english import ENGLISH
from orchestrator.reporting.capacity.page.french import FRENCH
from orchestrator.reporting.capacity.page.members import member_section, members_section
from orchestrator.reporting.capacity.page.notes import completeness, freshness, legend, meanings, verdict
from orchestrator.reporting.capacity.page.places import place_sections
from orchestrator.reporting.capacity.page.words import Words
from orchestrator.reporting.capacity.view import CapacityView

LANGUAGES: Final = {words.language: words for words in (ENGLISH, FRENCH)}


def capacity_to_html(view: CapacityView, language: str = "en") -> str:
    """A region's page, a site's or, narrowed to a tenant, a member's. `language`: one of LANGUAGES."""
    words = LANGUAGES[language]
    page = element(
        "html",
        _head(_title(view, words)),
        element(
            "body", patterns(), _header(view, words), _main(view, words), class_="member" if view.tenant else "region"
        ),
        lang=language,
    )
    return f"<!DOCTYPE html>\n{page.render()}\n"


def _head(title: str) -> Element:
    """Its policy forbids scripts and requests altogether, and any style but its own."""
    style = (files("orchestrator.reporting.capacity.page") / "page.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    return element(
        "head",
        element("meta", charset="utf-8"),
        Element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}, ()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("link", rel="icon", href="data:,"),  # else a browser asks for one
        element("title", title),
        element("style", style),
    )


def _title(view: CapacityView, words: Words) -> str:
    if view.tenant:
        return words.tenant_title.format(name=view.specs.tenants[view.tenant].display_name)
    if view.site:
        return words.site_title.format(name=view.specs.sites[view.site].display_name)
    return words.region_title.format(name=view.capacity.region)


def _header(view: CapacityView, words: Words) -> Element:
    lines = [element("h1", element("bdi", _title(view, words)))]
    if view.tenant:
        member = view.specs.tenants[view.tenant]
        agreement = member.agreement.reference
        lines.append(element("p", element("bdi", member.member.name), " · ", element("bdi", agreement), class_="where"))
    if view.taken_at is not None:
        when = f"{words.read_at} {words.at(view.taken_at)}. {words.supply[view.capacity.supply]}"
        lines.append(element("p", when, class_="when"))
    return element("header", element("p", element("bdi", view.specs.region.operator.name), class_="who"), *lines)


def _main(view: CapacityView, words: Words) -> Element:
    sections = (
        [member_section(view, words)] if view.tenant else [*place_sections(view, words), *members_section(view, words)]
    )
    return element(
        "main",
        *verdict(view, words),
        completeness(view, words),
        legend(view, words),
        *sections,
        *freshness(view, words),
        meanings(view, words),
    )
