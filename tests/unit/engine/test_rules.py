"""Paths, durations, arguments, schedules: the small rules, each alone."""

from __future__ import annotations

import threading

import pytest

from orchestrator.engine.arguments import Kind, Syntax, parse
from orchestrator.engine.backend.address import open_bucket
from orchestrator.engine.backend.config import typed
from orchestrator.engine.backend.layout import split_name
from orchestrator.engine.deploy import paths
from orchestrator.engine.deploy.deployment import ProgramError
from orchestrator.engine.deploy.schedule import run_all
from orchestrator.engine.errors import EngineError
from orchestrator.engine.rpc.requests import seconds
from orchestrator.engine.state.values import Secret


def test_property_paths() -> None:
    """Names, indexes, quoted names, stars."""
    assert paths.parse('a.b[0]["c.d"][*].*') == ("a", "b", 0, "c.d", "*", "*")
    for text in ("", "a[", 'a["b"', "a..b"):
        with pytest.raises(ValueError, match="path"):
            paths.parse(text)


@pytest.mark.parametrize(
    ("pattern", "path", "covered"),
    [("a", "a.b", True), ("a.b", "a", True), ("*", "x", True), ("a[*].b", "a[3].b", True), ("a.b", "a.c", False)],
)
def test_a_pattern_covers_what_lies_under_and_over_it(pattern: str, path: str, *, covered: bool) -> None:
    """As replaceOnChanges means it."""
    assert paths.covers(paths.parse(pattern), paths.parse(path)) is covered


@pytest.mark.parametrize(
    ("patterns", "old", "new", "result"),
    [
        (("a",), {"a": 1}, {"a": 2, "b": 3}, {"a": 1, "b": 3}),
        (("a",), {}, {"a": 2}, {}),
        (("a",), {"a": 1}, {}, {"a": 1}),
        (("*",), {"a": 1}, {"b": 2}, {"a": 1}),
        (("a.b",), {"a": {"b": 1}}, {"a": {"b": 2, "c": 3}}, {"a": {"b": 1, "c": 3}}),
        (("a.b",), {"a": {}}, {"a": {"b": 2}}, {"a": {}}),
        (("a[*].b",), {"a": [{"b": 1}]}, {"a": [{"b": 2}, {"b": 3}]}, {"a": [{"b": 1}, {}]}),
        (("a.b",), {"a": {"b": 1}}, {"a": Secret({"b": 2})}, {"a": Secret({"b": 1})}),
    ],
)
def test_ignored_paths_keep_the_old_value(
    patterns: tuple[str, ...], old: dict[str, object], new: dict[str, object], result: dict[str, object]
) -> None:
    """Or go away where there was none; the program's own values are left as they are."""
    before = repr(new)
    assert paths.carry_over(patterns, old, new) == result
    assert repr(new) == before


def test_durations_as_go_writes_them() -> None:
    """Anything else is the program's mistake."""
    assert (seconds("5m"), seconds("1h30m"), seconds("1.5s"), seconds("200ms")) == (300, 5400, 1.5, 0.2)
    for text in ("", "5", "m", "5 m", "5x"):
        with pytest.raises(ProgramError, match="no duration"):
            seconds(text)


def test_arguments_are_read_strictly() -> None:
    """Flags with values in both forms, repeats, what stands after --, and refusals."""
    table = {
        ("a",): Syntax(flags={"--x": Kind.TEXT, "--y": Kind.SWITCH, "--z": Kind.LIST}, operands=(0, 1)),
        ("a", "b"): Syntax(operands=(1, 2)),
    }
    parsed = parse(["--non-interactive", "a", "--x=1=2", "--y", "--z", "p", "--z=q", "word"], table)
    assert (parsed.text("--x"), parsed.switch("--y"), parsed.many("--z")) == ("1=2", True, ("p", "q"))
    assert parse(["a", "b", "k", "--", "--y"], table).tail == ("--y",)
    for line in (["a", "--w"], ["a", "--x"], ["a", "1", "2"], ["a", "b"], ["c"], ["a", "--y=maybe"], []):
        with pytest.raises(EngineError):
            parse(line, table)


def test_work_waits_for_what_it_needs_and_failures_stop_only_what_waits_for_them() -> None:
    """In both ways of running."""
    waits_for = [frozenset[int](), frozenset({0}), frozenset({1}), frozenset[int]()]
    for parallel in (1, 4):
        order: list[int] = []
        lock = threading.Lock()

        def work(index: int, order: list[int] = order, lock: threading.Lock = lock) -> bool:
            with lock:
                order.append(index)
            return index != 1

        done = run_all(waits_for, work, parallel=parallel, stopped=lambda: False)
        assert done == {0, 3}
        assert sorted(order) == [0, 1, 3]
        assert order.index(0) < order.index(1)
    assert run_all(waits_for, lambda _: True, parallel=1, stopped=lambda: True) == frozenset()


def test_configuration_values_of_paths_have_types() -> None:
    """Whole numbers and truth values; the rest is text."""
    assert [typed(t) for t in ("1", "-2", "true", "01", "1.5", "x", "")] == [1, -2, True, "01", "1.5", "x", ""]


def test_names_and_places_of_stacks() -> None:
    """Qualified names of this project, file backends with absolute paths; nothing else."""
    assert split_name("S", "P") == split_name("organization/S", "P") == split_name("organization/P/S", "P") == "S"
    for name in ("organization/Q/S", "a/b/c/d", "", "a b", "é", "x" * 101):
        with pytest.raises(EngineError):
            split_name(name, "P")
    assert open_bucket({"PULUMI_BACKEND_URL": "file:///a/b%20c?no_tmp_dir=true"}).where("k") == "/a/b c/k"
    for url in ("", "file://relative", "s3://b", "https://x", "azblob://c", "gs://b", "mem://", "ftp://x"):
        with pytest.raises(EngineError, match=url.partition("://")[0] or "names no backend"):
            open_bucket({"PULUMI_BACKEND_URL": url})
