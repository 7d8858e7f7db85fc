"""A room has a name that says what is in it, and opens with why it exists."""

from __future__ import annotations

import ast
import re

import pytest
from source_tree import PRODUCT, ROOT, check_none, parsed, python_files, shown

NO_NAMES = re.compile(r"(^|_)(utils?|helpers?|commons?|managers?|misc|tools?)(_|$)")


def says_nothing(name: str) -> bool:
    return bool(NO_NAMES.search(name))


def needs_docstring(tree: ast.Module) -> bool:
    """Whether there is code, and nothing says why."""
    return bool(tree.body) and not ast.get_docstring(tree)


def test_no_room_for_odds_and_ends() -> None:
    """Neither module nor folder is called utils, helpers, common, manager."""
    files = python_files(*PRODUCT, "tests", "benchmarks", "scripts")
    bad = {shown(path) for path in files for part in path.relative_to(ROOT).with_suffix("").parts if says_nothing(part)}
    check_none(bad)


@pytest.mark.parametrize("name", ["utils", "net_utils", "helper", "common", "stack_manager"])
def test_name_that_says_nothing_is_seen(name: str) -> None:
    """The check can fail."""
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["common_ancestor_", "management", "utility_bill"])
def test_longer_words_are_no_offence(name: str) -> None:
    """Only the whole word counts."""
    assert says_nothing(name) is (name == "common_ancestor_")


def test_every_module_with_code_says_why_it_exists() -> None:
    """Product, tests and benchmarks alike."""
    files = python_files(*PRODUCT, "tests", "benchmarks", "scripts")
    check_none(shown(path) for path in files if needs_docstring(parsed(path)))


def test_module_without_docstring_is_seen() -> None:
    """Code counts, an empty file does not."""
    assert needs_docstring(ast.parse("x = 1\n"))
    assert not needs_docstring(ast.parse(""))
