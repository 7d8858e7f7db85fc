"""The page as people see it: in a real browser, on a desktop, a phone and paper, light and dark.

MUTUALIS_PICTURES names a folder that the pictures are left in, for who wants to look.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from chromium import Chromium, chromium
from sample_capacity import MISFIT, PARTS, SHORT, sample_view

from orchestrator.model.fit import Judgement
from orchestrator.reporting.capacity.page.document import capacity_to_html

UNFIT: Final = Judgement(shortfalls=(SHORT,), misfits=(MISFIT,))
PAGES: Final = {
    "region": (sample_view(), "en"),
    "worst": (sample_view(PARTS, UNFIT, hostile=True), "fr"),
    "member": (sample_view(PARTS, UNFIT).of_tenant("alpha"), "fr"),
}
PHONE, TABLET, LAPTOP, DESKTOP = 390, 820, 1024, 1280
PAPER: Final = 1047  # pixels between the margins of A4 landscape
BEYOND: Final = """
(() => {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('body *')].filter((one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return !one.closest('svg svg') && style.position !== 'absolute' && (box.right > width + 1 || box.left < -1);
  });
  return [document.documentElement.scrollWidth - width, ...out.map((one) => one.outerHTML.slice(0, 80))];
})()
"""
FAINT: Final = """
(() => {
  const light = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map((one) => {
      const c = one / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const found = [];
  for (const one of document.querySelectorAll('body *')) {
    if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (one.closest('svg, .unseen')) continue;
    const ink = light(getComputedStyle(one).color);
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) found.push(ratio.toFixed(1) + ' ' + one.outerHTML.slice(0, 60));
  }
  return found;
})()
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    view, language = PAGES[request.param]
    file = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    file.write_text(capacity_to_html(view, language), encoding="utf-8")
    return file


def picture(browser: Chromium, page: Path, kind: str) -> None:
    if folder := os.environ.get("MUTUALIS_PICTURES"):
        browser.picture(Path(folder) / f"{page.stem}-{kind}.png")


@pytest.mark.parametrize("width", [PHONE, TABLET, LAPTOP, DESKTOP])
def test_nothing_stands_beyond_the_edge(browser: Chromium, page: Path, width: int) -> None:
    """Nobody scrolls sideways, whatever stands in the page; nothing is cut."""
    browser.open(page, width)
    picture(browser, page, str(width))
    assert browser.value(BEYOND) == [0]


def test_a_page_is_dressed_and_asks_for_nothing(browser: Chromium, page: Path) -> None:
    """Its policy lets its own style in; the file is all that is loaded; the browser has nothing to complain of."""
    browser.open(page, DESKTOP)
    assert browser.value("document.title")
    assert (
        browser.value("getComputedStyle(document.querySelector('.bar .allocated, .bar rect')).fill") != "rgb(0, 0, 0)"
    )
    asked = [
        one["params"]["request"]["url"] for one in browser.events if one.get("method") == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith("data:")] == [page.as_uri()]
    assert [
        one["params"] for one in browser.events if one.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown"}
    ] == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_stands_out_from_its_ground(browser: Chromium, page: Path, dark: bool) -> None:  # noqa: FBT001 parametrised
    """A contrast of 4.5 at least (WCAG AA), by day and by night."""
    browser.open(page, DESKTOP, dark=dark)
    picture(browser, page, "dark" if dark else "light")
    ground = browser.value("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(18, 24, 31)" if dark else "rgb(255, 255, 255)")
    assert browser.value(FAINT) == []


def test_figures_and_words_are_read_on_a_phone(browser: Chromium, page: Path) -> None:
    """Each figure with its heading, though the table's own is out of sight; a bar as wide as the screen."""
    browser.open(page, PHONE)
    assert browser.value("getComputedStyle(document.querySelector('td.number'), '::before').content") not in {
        "none",
        "",
    }
    assert browser.value("document.querySelector('svg.bar').getBoundingClientRect().width") > 340
    assert browser.value("Number.parseFloat(getComputedStyle(document.querySelector('td.number')).fontSize)") >= 14


def test_a_page_is_printed_on_few_sheets(browser: Chromium, page: Path) -> None:
    """In black on white with all its columns, whatever the screen's theme is."""
    browser.open(page, PAPER, dark=True, media="print")
    picture(browser, page, "paper")
    assert browser.value(BEYOND) == [0]
    assert browser.value("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert browser.value("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert 1 <= browser.paper().count(b"/Type /Page\n") <= 4
