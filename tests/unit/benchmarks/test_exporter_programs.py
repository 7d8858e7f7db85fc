"""The exporters' benchmarks run whole at a tiny size: they end with a figure, and judge no goal by it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import exporter_collect
import pytest
from stub_cloud.running import Asked

BENCHMARKS = Path(exporter_collect.__file__).parent
LIMIT = 240
TINY = {
    "exporter_collect": ("--sizes", "XS", "--latencies", "0", "--rounds", "1", "--peer-sizes"),
    "exporter_scrape": ("--sizes", "XS", "--scrapers", "2", "--every", "0.2", "--seconds", "0.5"),
}


@pytest.mark.parametrize("name", TINY)
def test_program_ends_with_a_figure(name: str) -> None:
    """Peers that are not here are said to be missing, and cost nothing else."""
    command = [sys.executable, BENCHMARKS / f"{name}.py", *TINY[name]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["name"] == name
    assert found["ours"] > 0
    assert (found["met"], found["full_size"]) == (False, False)
    assert "goal: not judged" in done.stdout


@pytest.mark.parametrize(("seconds", "calls", "met"), [(4.9, 249, True), (5.1, 249, False), (4.9, 250, False)])
def test_collection_is_judged_by_seconds_and_calls(seconds: float, calls: int, *, met: bool) -> None:
    """Of the goal's own size and latency alone."""
    cold = exporter_collect.Collected(seconds=seconds, asked=Asked(calls={"compute": calls}, sent={}, tokens=1))
    found = {f"{exporter_collect.OURS}, {exporter_collect.COLD}": [cold]}
    assert exporter_collect.verdict({("M", 20.0): found}, 1).met is met
    assert exporter_collect.verdict({("S", 20.0): found}, 1).met is False
