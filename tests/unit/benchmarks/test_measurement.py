"""Timing in turn, noise, tables, and processes that end."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from measurement.errors import BenchmarkError
from measurement.peer_environment import pinned
from measurement.process import run
from measurement.rounds import Spread, interleave, times_faster
from measurement.table import number, table


def test_contenders_take_turns() -> None:
    """A B A B, and each keeps its own figures."""
    order: list[str] = []
    contenders = {name: lambda name=name: order.append(name) or len(order) for name in ("a", "b")}
    assert interleave(contenders, 2, lambda _: None) == {"a": [1, 3], "b": [2, 4]}
    assert order == ["a", "b", "a", "b"]


def test_ratio_is_taken_pair_by_pair() -> None:
    """A slow minute that hits both in the same round leaves the ratio alone; medians alone would not."""
    assert times_faster([1.0, 10.0, 1.0], [2.0, 20.0, 6.0]) == 2.0
    assert times_faster([4.0], [1.0]) == 0.25


def test_noise_is_kept() -> None:
    """Lowest, middle, highest."""
    assert Spread.of([3.0, 1.0, 9.0]) == Spread(lowest=1.0, median=3.0, highest=9.0)


def test_table_lines_up() -> None:
    """Numbers to the right."""
    assert table(("", "s"), [("ours", "1.5"), ("a peer", "12")]).splitlines() == [
        "          s",
        "------  ---",
        "ours    1.5",
        "a peer   12",
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(None, "-"), (0.12345, "0.123"), (1.5, "1.5"), (12.34, "12.3"), (1234.5, "1234")]
)
def test_numbers_have_the_digits_that_matter(value: float | None, text: str) -> None:
    """Three of them, a dash for what was not measured."""
    assert number(value) == text


def test_process_is_timed_as_a_whole() -> None:
    """Its output, its code and its processor time besides."""
    done = run([sys.executable, "-c", "print('x' * 3); raise SystemExit(1)"], limit=10, codes=(1,))
    assert (done.output, done.code) == ("xxx\n", 1)
    assert 0 < done.cpu_seconds <= done.seconds + 1


def test_memory_of_all_that_a_process_starts_counts() -> None:
    """Also of a child in a session of its own, as Ansible's workers are."""
    child = "x = bytearray(64 << 20); input()"
    script = f"""
import subprocess, sys, time
with subprocess.Popen([sys.executable, "-c", {child!r}], stdin=subprocess.PIPE, start_new_session=True):
    time.sleep(2)
"""
    assert run([sys.executable, "-c", script], limit=60).peak_bytes > 64 << 20


def test_process_that_fails_is_no_figure() -> None:
    """Its last words are told."""
    with pytest.raises(BenchmarkError, match="ended with 3:\nbroken"):
        run([sys.executable, "-c", "print('broken'); raise SystemExit(3)"], limit=10)


def test_late_process_is_ended_with_its_children(tmp_path: Path) -> None:
    """Nothing goes on after a benchmark."""
    note = tmp_path / "pid"
    script = f"sleep 60 & echo $! > {note}; wait"
    with pytest.raises(BenchmarkError, match="not done after 1 s"):
        run(["bash", "-c", script], limit=1.0)
    child, deadline = int(note.read_text()), time.monotonic() + 10
    while _lives(child) and time.monotonic() < deadline:
        threading.Event().wait(0.02)  # the kernel ends processes when it comes to it
    assert not _lives(child)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_peers_are_pinned() -> None:
    """The version that is told is the one that the lock installs."""
    assert pinned("check-jsonschema", "check-jsonschema").count(".") == 2
    with pytest.raises(KeyError):
        pinned("check-jsonschema", "no-such-package")
