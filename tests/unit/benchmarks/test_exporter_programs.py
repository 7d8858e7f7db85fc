"""The exporters' benchmarks run whole at a tiny size: they end with a figure, and judge no goal by it."""

from __future__ import annotations

import argparse
import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import exporter_collect
import exporter_faults
import exporter_memory
import exporter_scrape
import pytest
from exporting.breaking import Outcome
from stub_cloud.running import Asked

BENCHMARKS = Path(exporter_collect.__file__).parent
LIMIT = 1500
"""Seconds; they need some ten each on a machine of their own."""
TINY = {
    "exporter_collect": ("--sizes", "XS", "--latencies", "0", "--rounds", "1", "--peer-sizes"),
    "exporter_scrape": ("--sizes", "XS", "--scrapers", "2", "--every", "0.2", "--seconds", "0.5"),
    "exporter_memory": ("--sizes", "XS", "--cycles", "3", "--peer-cycles", "0"),
    "exporter_hour": ("--size", "XS", "--minutes", "2"),
    "exporter_faults": ("--size", "XS", "--services", "network", "--faults", "unavailable"),
}


@pytest.mark.timeout(1600)
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


def test_memory_is_judged_by_its_slope_too() -> None:
    """Small and growing is not met; what the first half adds is what is kept from then on."""
    flat = exporter_memory.Grown(
        contender=exporter_memory.OURS, size="M", memory=[100 + n for n in range(25)] + [130.0] * 25, peak=140
    )
    rising = dataclasses.replace(flat, memory=[100 + n / 2 for n in range(50)])
    assert (flat.slope, rising.slope) == (0, 0.5)
    assert exporter_memory.verdict([flat]).met
    assert not exporter_memory.verdict([rising]).met


def test_a_fault_told_late_is_not_met() -> None:
    """However right the rest stays; and a wrong figure is not met, however soon the fault is told."""
    well = Outcome(contender=exporter_faults.OURS, fault="network: hang", told=21.0, right=50, others=50, silent=0)
    given, whole = argparse.Namespace(size="S"), [well] * 12
    assert exporter_faults.verdict(given, whole).met
    for change in ({"told": 61.0}, {"told": None}, {"right": 49}):
        assert not exporter_faults.verdict(given, [*whole, dataclasses.replace(well, **change)]).met


def test_the_99th_percentile_is_one_of_the_times() -> None:
    """Of a hundred scrapes the slowest but none is left out: nearest rank."""
    one = exporter_scrape.Scraped(
        contender="a", form="plain", series=1, times=[float(n) for n in range(1, 101)], cpu=0, size=1
    )
    assert one.worst == 100


@pytest.mark.parametrize(("seconds", "calls", "met"), [(4.9, 249, True), (5.1, 249, False), (4.9, 250, False)])
def test_collection_is_judged_by_seconds_and_calls(seconds: float, calls: int, *, met: bool) -> None:
    """Of the goal's own size and latency alone."""
    cold = exporter_collect.Collected(seconds=seconds, asked=Asked(calls={"compute": calls}, sent={}, tokens=1))
    found = {f"{exporter_collect.OURS}, {exporter_collect.COLD}": [cold]}
    assert exporter_collect.verdict({("M", 20.0): found}, 1).met is met
    assert exporter_collect.verdict({("S", 20.0): found}, 1).met is False
