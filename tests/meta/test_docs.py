"""What the pages promise: links lead somewhere, commands parse, lists are those of the code."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from source_tree import ROOT, check_none, shown

from orchestrator.cli.main import cli
from orchestrator.engine.cloud.lookups.table import FUNCTIONS
from orchestrator.engine.cloud.registry import HANDLERS, type_of
from orchestrator.engine.cloud.schema import Property

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^```.*?^```\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
INLINE = re.compile(r"`(mutualis [^`]+)`")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
PLACEHOLDER = re.compile(r"[A-Z]{3,}|<.*>|\.\.\.")
"""FOLDER, <name>: something that the reader fills in."""


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose_of(text: str) -> str:
    return FENCE.sub("", text)


def anchors_of(text: str) -> set[str]:
    """As GitHub and GitLab make them from headings."""
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in HEADING.findall(text)}


def broken_links(page: Path, text: str) -> Iterator[str]:
    for link in LINK.findall(prose_of(text)):
        path, _, anchor = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in headings_of(page, text, target)):
            yield link


def headings_of(page: Path, text: str, target: Path) -> set[str]:
    return anchors_of(prose_of(text if target == page else text_of(target)))


def commands_of(text: str) -> Iterator[list[str]]:
    """The words after `mutualis` in fenced blocks: lines that begin with it, or with its path in an environment."""
    for block in FENCE.findall(text):
        for line in block.splitlines()[1:-1]:
            for part in re.split(r"&&|\|\||[|;]", line):
                words = part.split(maxsplit=1)
                if words and words[0] in {"mutualis", ".venv/bin/mutualis"}:
                    yield until_redirect(shlex.split(part, comments=True)[1:])


def until_redirect(words: list[str]) -> list[str]:
    return words[: next((index for index, word in enumerate(words) if word[:1] in "<>"), len(words))]


def problem_of(words: list[str], *, whole: bool) -> str:
    """Why the command line would be refused; "" if it would not. `whole`: no required argument may be missing."""
    command: click.Command = cli
    context = click.Context(command, info_name="mutualis")
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        found = command.get_command(context, rest[0])
        if found is None:
            return f"no command {rest[0]}"
        command, context = found, click.Context(found, parent=context, info_name=rest.pop(0), **found.context_settings)
    try:
        return left_over(command, context, rest, whole=whole)
    except click.UsageError as error:
        return error.format_message()


def left_over(command: click.Command, context: click.Context, words: list[str], *, whole: bool) -> str:
    values, extra, _ = command.make_parser(context).parse_args(list(words))
    if extra:
        return f"unexpected {extra[0]}"
    for parameter in command.get_params(context):
        value = values.get(parameter.name)
        if isinstance(value, str) and not isinstance(parameter.type, click.Path) and not PLACEHOLDER.fullmatch(value):
            parameter.type.convert(value, parameter, context)
        given = isinstance(value, str) or (isinstance(value, tuple) and value)
        if whole and isinstance(parameter, click.Argument) and parameter.required and not given:
            return f"{parameter.human_readable_name} is missing"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file of the checkout, and to a heading in it."""
    check_none(broken_links(page, text_of(page)))


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_command_of_a_page_parses(page: Path) -> None:
    """Command, options, values and arguments of what a reader copies; what prose names exists."""
    text = text_of(page)
    whole = [(words, problem_of(words, whole=True)) for words in commands_of(text)]
    named = [shlex.split(line)[1:] for line in INLINE.findall(prose_of(text))]
    part = [(words, problem_of(words, whole=False)) for words in named]
    check_none(f"mutualis {' '.join(words)}: {problem}" for words, problem in (*whole, *part) if problem)


def test_pages_show_every_command() -> None:
    """One that no page shows is one that nobody finds; and the reading of pages does find them."""
    shown_ones = {words[0] for page in PAGES for words in commands_of(text_of(page)) if words}
    assert set(cli.list_commands(click.Context(cli))) <= shown_ones


def test_page_of_the_engine_lists_the_types_that_it_carries_out() -> None:
    """No more and no fewer than the registry, by service."""
    part = text_of(ROOT / "docs" / "engine.md").split("<!-- types: begin")[1].split("<!-- types: end")[0]
    rows = re.findall(r"^\| (\w+) \| (`.*`) \| \w.* \|$", part, re.MULTILINE)
    listed = {(service, name) for service, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert listed == {(kind.split(":")[1].split("/")[0], kind.rsplit(":", 1)[1]) for kind in HANDLERS}


def refused(properties: Mapping[str, Property], above: str = "") -> Iterator[tuple[str, str]]:
    """Inputs that are not carried out, those of objects in objects too, with what to do instead."""
    for name, prop in properties.items():
        if prop.refused:
            yield above + name, prop.refused
        yield from refused(prop.fields, f"{above}{name}.")


def test_page_of_the_engine_lists_the_inputs_that_it_refuses() -> None:
    """No more and no fewer than the descriptions, in their words."""
    part = text_of(ROOT / "docs" / "engine.md").split("<!-- refused: begin")[1].split("<!-- refused: end")[0]
    rows = re.findall(r"^\| `(\w+)` \| `([\w.]+)` \| (.*) \|$", part, re.MULTILINE)
    described = {(kind.rsplit(":", 1)[1], *told) for kind in HANDLERS for told in refused(type_of(kind).inputs)}
    assert set(rows) == described


def test_page_of_the_engine_lists_the_functions_that_it_carries_out() -> None:
    """No more and no fewer than the table of functions, by service."""
    part = text_of(ROOT / "docs" / "engine.md").split("<!-- functions: begin")[1].split("<!-- functions: end")[0]
    rows = re.findall(r"^\| (\w+) \| (`.*`) \|$", part, re.MULTILINE)
    listed = {(service, name) for service, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert listed == {(token.split(":")[1].split("/")[0], token.rsplit(":", 1)[1]) for token in FUNCTIONS}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("plam inventory/demo", "no command"),
        ("lab upp", "no command"),
        ("plan inventory/demo --outt x", "No such option"),
        ("plan inventory/demo --format yaml", "is not one of"),
        ("plan", "is missing"),
        ("plan inventory/demo more", "unexpected"),
        ("plan inventory/demo --out plan.json", ""),
        ("lab up --dir /x", ""),
    ],
)
def test_command_that_does_not_parse_is_seen(words: str, told: str) -> None:
    """The check can fail, and lets good ones pass."""
    problem = problem_of(words.split(), whole=True)
    assert told in problem
    assert bool(problem) is bool(told)


def test_link_that_leads_nowhere_is_seen() -> None:
    """A file, a heading; not what stands in a fenced block."""
    text = "# A b\n[x](nowhere.md) [y](#a-b) [z](#c) [o](https://example.org/)\n```\n[q](no.md)\n```\n"
    assert list(broken_links(ROOT / "README.md", text)) == ["nowhere.md", "#c"]
