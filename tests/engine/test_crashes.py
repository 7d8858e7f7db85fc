"""kill -9 at every boundary of a write to the cloud: the next run finishes, with nothing twice and nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from engine_bench import Bench
from engine_crash_checks import check_converged
from engine_crash_child import first

CHILD = Path(__file__).parent / "engine_crash_child.py"


def run(start: Path, action: str, boundaries: int) -> list[tuple[Path, int]]:
    """For each boundary a copy of the start, and the exit code of the process that worked on it."""
    found = subprocess.run(
        [sys.executable, "-W", "ignore", str(CHILD), str(start), action, str(boundaries)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return [(Path(root), code) for root, code in json.loads(found.stdout)]


def prepared(root: Path, *, applied: bool) -> Path:
    """A bench's directory to copy, so that every child starts from the same."""
    root.mkdir()
    bench = Bench(root)
    bench.stack(first)
    if applied:
        bench.up(first)
    return root


@pytest.mark.parametrize(
    ("action", "boundaries", "after"),
    [("create", 18, 6), ("change", 17, 6), ("destroy", 12, 0)],
)
def test_the_next_run_finishes_whatever_the_moment(tmp_path: Path, action: str, boundaries: int, after: int) -> None:
    """After each kill: state = cloud = program, by one more run; every boundary was really reached."""
    start = prepared(tmp_path / "start", applied=action != "create")
    ends = run(start, action, boundaries)
    assert [code for _, code in ends] == [-9] * boundaries + [0]
    for root, _ in ends:
        check(Bench(root), action, after)


def check(bench: Bench, action: str, after: int) -> None:
    check_converged(bench, action, after)
    assert not bench.state_file().with_name("acme.journal").exists()
