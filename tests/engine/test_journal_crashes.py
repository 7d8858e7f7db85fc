"""kill -9 before every write of the journal: another process finishes, with nothing twice or lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from engine_bench import Bench, salt
from engine_crash_checks import check_converged
from engine_crash_child import first
from engine_postgres import PostgresBench
from postgres_server import Server

from orchestrator.engine.backend.address import open_bucket

CHILD = Path(__file__).parent / "engine_journal_child.py"
WRITES = [("create", 18), ("change", 17), ("destroy", 12)]
AFTER = {"create": 6, "change": 6, "destroy": 0}


def run(action: str, places: list[tuple[Path, str]]) -> list[int]:
    """How each process ended that worked on one of the places."""
    found = subprocess.run(
        [sys.executable, "-W", "ignore", str(CHILD), action],
        input="".join(f"{root} {url}\n" for root, url in places),
        env={**os.environ, "SALT": salt()},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return list(json.loads(found.stdout))


def check(bench: Bench, action: str) -> None:
    """By one more run: state = cloud = program."""
    check_converged(bench, action, AFTER[action])
    bucket = open_bucket(bench.environment)
    assert bucket.read_journal(".pulumi/stacks/demo/acme.journal") == b""
    assert bucket.keys(".pulumi/locks") == ()


@pytest.mark.parametrize(("action", "writes"), WRITES)
def test_files(tmp_path: Path, action: str, writes: int) -> None:
    """The state of a machine; every write is reached."""
    start = tmp_path / "start"
    start.mkdir()
    _prepare(Bench(start), action)
    places = [(tmp_path / str(number), "-") for number in range(writes + 1)]
    for root, _ in places:
        shutil.copytree(start, root)
    assert run(action, places) == [-9] * writes + [0]
    for root, _ in places:
        check(Bench(root), action)


@pytest.mark.parametrize(("action", "writes"), WRITES)
def test_rows_of_postgresql(postgres: Server, database: str, tmp_path: Path, action: str, writes: int) -> None:
    """Recovered on another machine: another work directory, and nothing but the database in common."""
    start = tmp_path / "start"
    start.mkdir()
    _prepare(PostgresBench(start, postgres.url(database)), action)
    places = []
    for number in range(writes + 1):
        root = tmp_path / str(number)
        shutil.copytree(start, root)
        postgres.sql(database, f"CREATE TABLE copy{number} AS TABLE pulumi_state")
        postgres.sql(database, f"ALTER TABLE copy{number} ADD PRIMARY KEY (key), ALTER updated_at SET DEFAULT now()")
        places.append((root, postgres.url(database, f"sslmode=disable&table=copy{number}")))
    assert run(action, places) == [-9] * writes + [0]
    for root, url in places:
        check(PostgresBench(root, url, machine="other"), action)


def _prepare(bench: Bench, action: str) -> None:
    bench.stack(first)
    if action != "create":
        bench.up(first)
