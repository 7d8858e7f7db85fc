"""`mutualis capacity --html`: one page that needs nothing and nobody, and tells the truth to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Final

import pytest
from justhtml import JustHTML
from sample_capacity import HOSTILE, MISFIT, PARTS, SHORT, sample_view

from orchestrator.model.fit import Judgement
from orchestrator.model.snapshot import PARTS as PARTS_OF_A_SNAPSHOT
from orchestrator.reporting.capacity.page.document import LANGUAGES, capacity_to_html
from orchestrator.reporting.capacity.page.drawing import bar
from orchestrator.reporting.capacity.page.words import LAYERS, Words
from orchestrator.reporting.capacity.terminal.bar import Layers
from orchestrator.reporting.capacity.view import CapacityView
from orchestrator.reporting.html.element import Element, element

UNFIT: Final = Judgement(shortfalls=(SHORT,), misfits=(MISFIT,))
VIEWS: Final = {
    "fresh": sample_view(),
    "stale and over-promised": sample_view(PARTS, UNFIT),
    "hostile": sample_view(PARTS, UNFIT, hostile=True),
    "one site": sample_view(PARTS, UNFIT, hostile=True).of_site("north"),
    "one member": sample_view(PARTS, UNFIT, hostile=True).of_tenant("alpha"),
    "nothing there": sample_view().of_site("south"),
}
LOADING: Final = {"src", "srcset", "action", "data", "poster", "background", "xlink:href", "style"}


def every_page() -> Iterator[tuple[str, str]]:
    for name, view in VIEWS.items():
        if not view.site or view.site in view.specs.sites:
            for language in LANGUAGES:
                yield f"{name}, {language}", capacity_to_html(view, language)


PAGES: Final = dict(every_page())


def parsed(page: str) -> Any:
    """The document; any parse error of the HTML standard is raised."""
    return JustHTML(page, strict=True, sanitize=False)


def seen(page: str) -> str:
    """The text that people read."""
    return str(parsed(page).query("body")[0].to_text(separator=" "))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_html_without_an_error(page: str) -> None:
    """To the letter of the standard, whatever stands in it; identifiers are unique."""
    document = parsed(page)
    names = [one.attrs["id"] for one in document.query("[id]")]
    assert len(names) == len(set(names))
    assert len(document.query("h1")) == len(document.query("main")) == 1


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_runs_nothing_and_asks_for_nothing(page: str) -> None:
    """No script, no handler, no address; its own policy forbids them besides."""
    document = parsed(page)
    nodes = document.query("*")
    assert {node.name for node in nodes}.isdisjoint({"script", "iframe", "object", "img", "a", "form", "base", "image"})
    attributes = [(name, value) for node in nodes for name, value in (node.attrs or {}).items()]
    assert [name for name, _ in attributes if name.startswith("on") or name in LOADING] == []
    assert {value for name, value in attributes if name == "href"} == {"data:,"}
    assert not re.search(r"@import|url\((?!#)|https?:", page)
    policy = document.query("meta[http-equiv]")[0].attrs["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_are_text(language: str) -> None:
    """They are shown, and are no markup; signs that nobody can see or that turn text around are replaced."""
    page = capacity_to_html(VIEWS["hostile"], language)
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#x27;co&#x27;") >= 6
    assert not set(page) & (set(HOSTILE) - {one for one in HOSTILE if one.isprintable()})


def test_a_page_says_when_and_whether_it_is_whole() -> None:
    """The date of the figures, each part's; what did not answer in the first lines."""
    fresh, stale = (seen(capacity_to_html(VIEWS[name])) for name in ("fresh", "stale and over-promised"))
    assert "Figures of 1 June 2026, 12:00:00 UTC. Supply as seen in the cloud." in fresh
    assert "Every part of the cloud answered, for every project." in fresh
    assert "These figures are not complete." in stale
    assert "Volumes: did not answer; figures of 1 June 2026, 11:59:00 UTC." in stale
    assert "Networks and addresses: has not answered yet; its figures are missing." in stale
    assert "Quotas of volumes: known for 25% of the projects." in stale
    assert "Every part of the cloud answered" not in stale


def test_a_page_says_what_does_not_fit() -> None:
    """Sums and losses with their figures, in French as in English."""
    english, french = (seen(capacity_to_html(VIEWS["stale and over-promised"], one)) for one in ("en", "fr"))
    assert "Not everything that was guaranteed has its place." in english
    assert "north: guaranteed shares need 529\u00a0GiB of memory more than there is" in english
    assert "after the loss of host north-2, parts of the guaranteed shares of alpha find no host" in english
    assert "Without rack north/a1, servers that find no other host: 3." in english
    assert "529\u00a0Gio de plus qu'il n'y a (mémoire\u00a0: 700\u00a0Gio promis" in french
    assert "Sans la baie north/a1, serveurs qui ne trouvent pas d'autre hôte\u00a0: 3." in french


def test_a_page_has_every_figure_of_the_table() -> None:
    """Layers, ratios, room; unlimited and over are words."""
    text = seen(capacity_to_html(sample_view()))
    for said in ("150%", "120%", "1.5\u00a0TiB", "unlimited", "over", "1,230", "\u221235\u00a0GiB", "Servers small"):
        assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_member_reads_of_nobody_else(language: str) -> None:
    """No site, no other member, no host, no service's words; its own risk is told."""
    text = seen(capacity_to_html(sample_view(PARTS, UNFIT).of_tenant("alpha"), language))
    assert "Commune de alpha" in text
    assert not re.search("beta|Beta|777|north|North|690|no answer|refused|was cut", text)
    assert {"en": "The guaranteed share is not safe.", "fr": "La part garantie n'est pas sûre."}[language] in text


def test_languages_lack_no_word() -> None:
    """Each has its own for every resource, layer, loss, state and part; only figures and names are alike."""
    english, french = LANGUAGES["en"], LANGUAGES["fr"]
    for field in fields(Words):
        ours, theirs = getattr(english, field.name), getattr(french, field.name)
        assert type(ours) is type(theirs)
        if isinstance(ours, dict):
            assert ours.keys() == theirs.keys()
        if isinstance(ours, str):
            assert re.findall(r"\{\w*\}", ours) == re.findall(r"\{\w*\}", theirs) or field.name in {
                "moment",
                "short",
                "oversold",
            }
    assert set(english.parts) == set(PARTS_OF_A_SNAPSHOT)
    assert set(english.meanings) == set(LAYERS) == set(english.layers)


def test_french_is_set_as_french_is() -> None:
    """No line breaks before double punctuation or within a figure."""
    text = seen(capacity_to_html(sample_view(PARTS, UNFIT), "fr"))
    assert not re.search(r" [:;!?%]", text)
    assert "1er juin 2026" in text
    assert "1,5\u00a0Tio" in text
    assert "1\u202f230" in text


def test_every_bar_has_words() -> None:
    """Who does not see it hears the figures."""
    document = parsed(capacity_to_html(sample_view()))
    labels = [one.attrs["aria-label"] for one in document.query("svg[role=img]")]
    assert "Memory: 500\u00a0GiB allocated, 100\u00a0GiB guaranteed, 900\u00a0GiB declared, of 1,000\u00a0GiB" in labels
    assert all(
        one.attrs.get("aria-hidden")
        for one in document.query("svg")
        if "role" not in one.attrs and "class" in one.attrs
    )


def shapes(layers: Layers) -> dict[str, str]:
    """Class and width of what is drawn."""
    drawn = bar(layers, "label")
    assert drawn is not None
    inside = [one for one in drawn.children if isinstance(one, Element)]
    return {
        one.attributes["class"]: one.attributes.get("width", one.attributes.get("x1", ""))
        for one in inside
        if "class" in one.attributes
    }


def test_a_bar_is_true_to_scale() -> None:
    """The whole width is the limit, until something exceeds it; then a line marks the limit."""
    assert shapes(Layers(of=200, allocated=50, guaranteed=20, declared=100)) == {
        "track": "100.00%",
        "declared": "50.00%",
        "guaranteed": "10.00%",
        "allocated": "25.00%",
    }
    over = shapes(Layers(of=100, allocated=125))
    assert (over["track"], over["allocated"], over["limit"]) == ("80.00%", "100.00%", "80.00%")


def test_a_bar_shows_little_and_no_more_than_there_is_room_for() -> None:
    """What is above 0 is seen; ten times the limit ends with an arrow; without a limit there is no bar."""
    assert shapes(Layers(of=10_000, allocated=1))["allocated"] == "0.60%"
    assert bar(Layers(of=None, allocated=1), "label") is None
    assert bar(Layers(of=10), "label") is None
    far = bar(Layers(of=10, declared=100), "label")
    assert far is not None
    assert "arrow" in far.render()
    assert "arrow" not in (bar(Layers(of=10, declared=12), "label") or element("p")).render()


def test_a_style_sheet_cannot_end_its_element() -> None:
    """The one text that is not escaped is ours, and is looked at all the same."""
    with pytest.raises(ValueError, match="ends its own element"):
        element("style", "p {} </style><script>").render()


def test_specs_alone_say_so() -> None:
    """No date of a cloud that was not asked."""
    view = sample_view()
    alone = CapacityView(specs=view.specs, capacity=view.capacity, judged=Judgement())
    assert "The cloud was not asked" in seen(capacity_to_html(alone))
    assert "How fresh" not in seen(capacity_to_html(alone))
