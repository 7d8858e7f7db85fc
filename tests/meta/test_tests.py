"""Tests state a truth and can fail."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

import pytest
from source_tree import check_none, parsed, python_files, shown

CHECKING = {"raises", "warns", "fail"}
SKIPPING = {"skip", "skipif", "xfail", "importorskip"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def of_file(tree: ast.Module) -> Iterator[Function]:
    """Every `test_*` function."""
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name.startswith("test_"):
            yield node


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def checks(function: Function) -> bool:
    """An assertion, an expected error or warning, or a call of `check_*`, which asserts."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call) and (name_of(node) in CHECKING or name_of(node).startswith("check_")):
            return True
    return False


def idle(function: Function) -> bool:
    """Only assertions that hold whatever the program does."""
    asserts = [node.test for node in ast.walk(function) if isinstance(node, ast.Assert)]
    return bool(asserts) and all(isinstance(test, ast.Constant) for test in asserts)


def without_reason(tree: ast.Module) -> Iterator[int]:
    """Lines that skip tests and do not say why."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in SKIPPING:
            said = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "reason")]
            if not any(isinstance(one, ast.Constant | ast.JoinedStr) for one in said):
                yield node.lineno
        elif isinstance(node, ast.Attribute) and node.attr in {"skip", "xfail"} and not _is_called(node, tree):
            yield node.lineno


def _is_called(attribute: ast.Attribute, tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Call) and node.func is attribute for node in ast.walk(tree))


FILES = [path for path in python_files("tests") if path.name.startswith("test_")]


def test_every_test_states_a_truth() -> None:
    """In one line, below its name."""
    check_none(
        f"{shown(path)}:{one.name}" for path in FILES for one in of_file(parsed(path)) if not ast.get_docstring(one)
    )


def test_every_test_can_fail() -> None:
    """It asserts something that is no constant, or expects an error."""
    bad = [(path, one) for path in FILES for one in of_file(parsed(path)) if not checks(one) or idle(one)]
    check_none(f"{shown(path)}:{one.name}" for path, one in bad)


def test_no_test_hides_another_one_of_the_same_name() -> None:
    """Two functions of one name in one file: Python keeps the last."""
    counts = Counter(
        (shown(path), node.name) for path in FILES for node in parsed(path).body if isinstance(node, Function)
    )
    check_none(f"{file}:{name}" for (file, name), count in counts.items() if count > 1)


def test_whatever_is_skipped_says_why() -> None:
    """A skip without a reason hides a failure."""
    check_none(f"{shown(path)}:{line}" for path in FILES for line in without_reason(parsed(path)))


@pytest.mark.parametrize(
    "text", ["def test_a():\n    run()\n", "def test_a():\n    assert True\n", "async def test_a():\n    await run()\n"]
)
def test_test_that_cannot_fail_is_seen(text: str) -> None:
    """The check can fail."""
    (found,) = of_file(ast.parse(text))
    assert not checks(found) or idle(found)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("pytest.skip('no cli')\n", []),
        ("@pytest.mark.skipif(X, reason='no cli')\ndef f(): ...\n", []),
        ("pytest.skip()\n", [1]),
        ("@pytest.mark.skipif(X)\ndef f(): ...\n", [1]),
        ("@pytest.mark.skip\ndef f(): ...\n", [1]),
    ],
)
def test_skip_without_a_reason_is_seen(text: str, lines: list[int]) -> None:
    """The check can fail."""
    assert list(without_reason(ast.parse(text))) == lines
