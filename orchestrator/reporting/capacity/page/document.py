"""The whole page: one file that asks nobody for anything, for a screen of any width and for paper."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from orchestrator.reporting.capacity.page.drawing import patterns
from orchestrator.reporting.capacity.page.english import ENGLISH
from orchestrator.reporting.capacity.page.french import FRENCH
from orchestrator.reporting.capacity.page.members import member_section, members_section
from orchestrator.reporting.capacity.page.notes import completeness, freshness, legend, meanings, verdict
from orchestrator.reporting.capacity.page.places import place_sections
from orchestrator.reporting.capacity.page.words import Words
from orchestrator.reporting.capacity.view import CapacityView
from orchestrator.reporting.html.element import Element, element
from orchestrator.reporting.html.sealed_page import sealed_page

LANGUAGES: Final = {words.language: words for words in (ENGLISH, FRENCH)}


def capacity_to_html(view: CapacityView, language: str = "en") -> str:
    """A region's page, a site's or, narrowed to a tenant, a member's. `language`: one of LANGUAGES."""
    words = LANGUAGES[language]
    style = (files("orchestrator.reporting.capacity.page") / "page.css").read_text(encoding="utf-8")
    schemes = element("meta", name="color-scheme", content="light dark")
    parts = (patterns(), _header(view, words), _main(view, words))
    body = element("body", *parts, class_="member" if view.tenant else "region")
    return sealed_page(_title(view, words), style, body, schemes, language=language)


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
