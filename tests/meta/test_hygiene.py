"""What must stand in no file: loose ends, silent exceptions from the rules, places of one machine."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tokenize
from urllib.parse import urlsplit

import pytest
from source_tree import PRODUCT, check_none, python_files, shown, text_files

LOOSE_ENDS = re.compile(r"\b(TODO|FIX" + r"ME|XXX)\b|\bTODO\b")
REASONED = re.compile(r"#\s*(noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*\s+[\w(-]|type: ignore\[[\w, -]+\]\s+# \w)")
EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore)")
MACHINE = re.compile(r"(?<![\w}.$\-/])/(root|work|home/\w+)/")
PUBLIC_INDEXES = ("pypi" + ".org/simple", "files.python" + "hosted.org")
THIS = "tests/meta/test_hygiene.py"


def comments(text: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def unreasoned(text: str) -> list[str]:
    """Exceptions from a rule that do not name it, or do not say why."""
    return [comment for comment in comments(text) if EXCEPTION.search(comment) and not REASONED.search(comment)]


def index_hosts() -> tuple[str, ...]:
    """Package indexes: the public one, and those that this machine's pip is told to use."""
    told = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    urls = re.findall(
        r"https?://[^'\s]+", told.stdout + " ".join(os.environ.get(name, "") for name in _INDEX_VARIABLES)
    )
    hosts = {urlsplit(url).hostname or "" for url in urls}
    return (*PUBLIC_INDEXES, *sorted(hosts - {"", "pypi.org", "localhost", "127.0.0.1"}))


_INDEX_VARIABLES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL")


def test_no_loose_ends() -> None:
    """What is to be done stands in the list of issues."""
    files = python_files(*PRODUCT, "tests", "benchmarks", "scripts")
    check_none(shown(path) for path in files if shown(path) != THIS and LOOSE_ENDS.search(path.read_text("utf-8")))


def test_every_exception_from_a_rule_says_why() -> None:
    """`noqa` and `type: ignore` name the rule and give a reason; mypy does not read tests, so they need none for it."""
    found = [
        (path, one)
        for path in python_files(*PRODUCT, "tests", "benchmarks", "scripts")
        for one in unreasoned(path.read_text(encoding="utf-8"))
    ]
    check_none(f"{shown(path)}: {one}" for path, one in found if "noqa" in one or not shown(path).startswith("tests/"))


def test_no_file_names_a_package_index() -> None:
    """Where packages come from is the machine's business."""
    hosts = index_hosts()
    check_none(shown(path) for path, text in text_files() if any(host in text for host in hosts))


def test_no_file_names_a_place_of_one_machine() -> None:
    """Nobody else has that folder."""
    check_none(shown(path) for path, text in text_files() if shown(path) != THIS and MACHINE.search(text))


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("x = 1  # noqa: S101 the reason\n", 0),
        ("x = 1  # type: ignore[misc]  # the reason\n", 0),
        ("x = 1  # type: ignore[misc]\n", 1),
        ("x = 1  # noqa\n", 1),
        ("x = 1  # noqa: S101\n", 1),
        ("x = 1  # type: ignore\n", 1),
        ("x = '# noqa'\n", 0),
    ],
)
def test_silent_exception_is_seen(text: str, bad: int) -> None:
    """The check can fail, and reads comments only."""
    assert len(unreasoned(text)) == bad


@pytest.mark.parametrize(
    ("text", "bad"),
    [(f'"{os.sep}work/main"', True), (f"cd {os.sep}root/x", True), ("{folder}/work/stack", False), ("a/root/b", False)],
)
def test_machine_path_is_seen(text: str, bad: bool) -> None:  # noqa: FBT001 parametrised
    """The check can fail, and lets folders of ours pass."""
    assert bool(MACHINE.search(text)) is bad
