"""The comment as a forge shows it: rendered by GitHub's renderer, seen in a real browser on a desktop and a phone.

MUTUALIS_PICTURES names a folder that the pictures are left in, for who wants to look.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from chromium import Chromium, chromium
from forge_page import forge_page, rendered
from git_repository import FILE, LINK, Repository, working_copy
from justhtml import JustHTML

from orchestrator.reporting.review import review_to_markdown
from orchestrator.wiring.review import reviewed

DEMO: Final = "inventory/demo"
ARCY: Final = f"{DEMO}/tenants/arcy.yaml"
EVIL: Final = "</details> |x| `y` <b>**z**</b> &lt; ~~s~~ @all #1 [l](//e.org) ![i](x) https://e.org www.e.org"
STRUCTURE: Final = {"h2", "h3", "p", "ul", "li", "br", "strong", "code", "pre", "sub", "details", "summary", "div"}
TABLES: Final = {"table", "thead", "tbody", "tr", "th", "td"}
NARROW: Final = "[...document.querySelectorAll('li, p')].filter((one) => one.scrollWidth > one.clientWidth + 1).length"
FOLDED: Final = "[...document.querySelectorAll('details pre')].map((one) => one.checkVisibility())"
LINES: Final = """
[...document.querySelectorAll('td')].filter((one) => one.textContent.includes('→')).map((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
})
"""
"""Of each cell in which a figure changes: how many lines it takes."""


@dataclass(frozen=True, kw_only=True)
class Comment:
    name: str
    markdown: str


def nothing_refused(repository: Repository) -> str:
    repository.replace(ARCY, "sizeGiB: 100", "sizeGiB: 120")
    return repository.commit()


def refused(repository: Repository) -> str:
    """For what is promised, for what cannot be read, with a text that wants to be markup wherever text is shown."""
    (repository.place / DEMO / "hosts" / "nord-3.yaml").unlink()
    repository.replace(ARCY, "Commune d'Arcy-le-Val #", f"{EVIL!r} #")
    (repository.place / ".gitlab-ci.yml").write_text("x: 1\n")
    repository.commit()
    return repository.raw_commit("change", {EVIL.replace("/", "-") + ".yaml": (LINK, b"/etc/passwd")}, DEMO)


def wrong(repository: Repository) -> str:
    """The text stands in the message of a finding, and in the name of its file."""
    spec = f'apiVersion: mutualis/v1\nkind: "{EVIL}"\nmetadata: {{name: x}}\nspec: {{"{EVIL}": 1}}\n'
    return repository.raw_commit("main", {EVIL.replace("/", "-") + ".yaml": (FILE, spec.encode())}, DEMO)


def first_push(_: Repository) -> str:
    return "main"


@pytest.fixture(scope="module", params=[nothing_refused, refused, wrong, first_push], ids=lambda one: one.__name__)
def comment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Comment:
    change: Callable[[Repository], str] = request.param
    repository = working_copy(tmp_path_factory.mktemp("comment") / "copy")
    repository.branch("change")
    head, base = change(repository), None if change is first_push else "main"
    found, _ = reviewed(repository.place, Path(DEMO), base=base, head=head, rules=None, load=Fraction(1, 2))
    return Comment(name=change.__name__, markdown=review_to_markdown(found))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


def test_nothing_of_a_spec_becomes_markup(comment: Comment) -> None:
    """Only the elements that the comment is made of, no link, no picture, and the text is read as it was written."""
    page = JustHTML(rendered(comment.markdown), fragment=True, sanitize=False)
    names = {one.name for one in page.query("*")}
    assert names <= STRUCTURE | TABLES
    assert {name for one in page.query("*") for name in one.attrs} <= {"align", "class", "lang"}
    if comment.name in {"refused", "wrong"}:
        assert EVIL.replace("/", "-").replace(" ", "") in seen(page)


def test_tables_are_whole(comment: Comment) -> None:
    """As many as were meant, each row with as many cells as its head: no text has parted one."""
    page = JustHTML(rendered(comment.markdown), fragment=True, sanitize=False)
    tables = page.query("table")
    assert len(tables) == comment.markdown.count("\n|---")
    for table in tables:
        widths = {len(row.query("th, td")) for row in table.query("tr")}
        assert len(widths) == 1
    assert len(page.query("details")) == comment.markdown.count("<details>")
    assert not [one for one in page.query("p, li") if one.to_text().lstrip().startswith(("|", "```"))]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_comment_is_readable_on_a_desktop_and_a_phone(
    browser: Chromium, comment: Comment, tmp_path: Path, width: int
) -> None:
    """Nothing is wider than the screen but tables, which scroll by themselves; figures do not break; folds open."""
    file = tmp_path / "page.html"
    file.write_text(forge_page(comment.markdown), encoding="utf-8")
    browser.open(file, width)
    if folder := os.environ.get("MUTUALIS_PICTURES"):
        browser.picture(Path(folder) / f"review-{comment.name}-{width}.png")
    assert browser.value("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert browser.value(NARROW) == 0
    assert max(browser.value(LINES), default=1) <= 2  # `12 345 → 12 400`, and the difference below it
    for opened in (False, True):
        browser.value(f"document.querySelectorAll('details').forEach((one) => {{ one.open = {int(opened)}; }})")
        assert set(browser.value(FOLDED)) <= {opened}


def seen(page: JustHTML) -> str:
    """All that is read, without spaces and signs that nobody sees."""
    return "".join(page.to_text().replace("\u200b", "").split())
