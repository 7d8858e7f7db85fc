"""The last line of a benchmark is its contract with machines."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import engine_crash
import engine_create
import engine_state
import plan
import pytest
import validate
from measurement.process import Finished
from measurement.program import failed
from measurement.verdict import Verdict
from region.write import WrittenRegion
from tenancies.contender import Life

BENCHMARKS = Path(plan.__file__).parent
KEYS = {"name", "ours", "unit", "peer", "peer_value", "ratio", "goal", "met"}


def finished(seconds: float, output: str = "") -> Finished:
    return Finished(seconds=seconds, cpu_seconds=seconds, peak_bytes=0, code=0, output=output, errors="")


def read(verdict: Verdict) -> dict[str, Any]:
    """The line as a machine reads it."""
    line = verdict.line()
    assert "\n" not in line
    data: dict[str, Any] = json.loads(line)
    assert set(data) >= KEYS
    assert type(data["met"]) is bool
    return data


def life(seconds: float) -> Life:
    return Life(create=finished(seconds), no_op=finished(seconds / 2), delete=finished(seconds / 4))


def region(tmp_path: Path) -> WrittenRegion:
    return WrittenRegion(folder=tmp_path, tenants=(), broken=frozenset({("a.yaml", 3, 7)}))


@pytest.mark.parametrize(
    ("seconds", "place", "tenant_count", "met"),
    [(1.4, "3:7", 1000, True), (1.6, "3:7", 1000, False), (1.4, "3:8", 1000, False), (1.4, "3:7", 999, False)],
)
def test_validation_is_judged_by_time_and_places(
    tmp_path: Path, seconds: float, place: str, tenant_count: int, *, met: bool
) -> None:
    """Fast and wrong is not met, nor is a run smaller than the goal."""
    one = validate.judged(finished(seconds, f"a.yaml:{place}: error SPEC001: no\n"), region(tmp_path))
    peer = validate.judged(finished(7.0, "a.yaml::$.spec: no\n"), region(tmp_path))
    answers = {validate.OURS: [one], validate.OURS_CLEAN: [one], validate.CHECK_JSONSCHEMA: [peer]}
    data = read(validate.verdict(tenant_count, answers, region(tmp_path)))
    assert (data["met"], data["ours"], data["peer_value"]) == (met, seconds, 7.0)
    assert data["ratio"] == pytest.approx(7.0 / seconds, abs=1e-4)
    assert (peer.named, peer.placed) == (1, 0)


def test_plan_without_its_peer_is_judged_by_its_seconds() -> None:
    """Pulumi's own engine is rarely installed: then it has no figure, and none is made up."""
    size = plan.Size(tenants=1000, rounds=1, sample=10)
    data = read(plan.verdict(size, plan.totals(size, {plan.OURS: [2.0], plan.EMBEDDED: [3.0]})))
    assert (data["met"], data["peer_value"], data["ratio"]) == (True, None, None)
    assert data["embedded_previews_extrapolated"] == pytest.approx(2.0 + 1.0 / 10 * 1000)


def test_plan_with_its_peer_must_be_far_faster() -> None:
    """Below the wanted ratio the goal is not met, however few the seconds."""
    size = plan.Size(tenants=1000, rounds=1, sample=10)
    slow = read(plan.verdict(size, plan.totals(size, {plan.OURS: [2.0], plan.OFFICIAL: [12.0]})))
    near = read(plan.verdict(size, plan.totals(size, {plan.OURS: [2.0], plan.OFFICIAL: [3.0]})))
    assert (slow["met"], slow["peer_value"]) == (True, 1002.0)
    assert (near["met"], near["peer_value"]) == (False, 102.0)


@pytest.mark.parametrize(
    ("playbook", "official", "met"), [(50.0, None, True), (49.0, None, False), (50.0, 15.0, True), (50.0, 14.0, False)]
)
def test_tenants_are_judged_beside_every_peer_that_ran(playbook: float, official: float | None, *, met: bool) -> None:
    """Ten seconds of ours: five times for the playbook, one and a half for Pulumi's own engine."""
    lives = {engine_create.OURS: [life(10.0)], engine_create.PLAYBOOK: [life(playbook)]}
    if official is not None:
        lives[engine_create.OFFICIAL] = [life(official)]
    data = read(engine_create.verdict(20, lives))
    assert (data["met"], data["ratio"], data["peer_value"]) == (met, playbook / 10, playbook)
    assert read(engine_create.verdict(19, lives))["met"] is False


def test_tenants_without_a_peer_meet_nothing() -> None:
    """The goal is a comparison."""
    data = read(engine_create.verdict(20, {engine_create.OURS: [life(10.0)]}))
    assert (data["met"], data["ratio"], data["ours"]) == (False, None, 10.0)


@pytest.mark.parametrize(
    ("spoilt", "met"),
    [({}, True), ({"twice": 1}, False), ({"left": 1}, False), ({"by_hand": 1}, False), ({"converged": False}, False)],
)
def test_every_kill_counts(spoilt: dict[str, Any], *, met: bool) -> None:
    """One object twice or left over, one hand needed, one run that did not converge: the goal is missed."""
    good = engine_crash.Aftermath(converged=True, by_hand=0, twice=0, left=0)
    bad = dataclasses.replace(good, **spoilt)
    data = read(engine_crash.verdict(1, {engine_crash.OURS: [good, bad], engine_crash.OFFICIAL: [good]}))
    assert (data["met"], data["embedded_kills"], data["peer_value"]) == (met, 2, 0.0)
    assert read(engine_crash.verdict(2, {engine_crash.OURS: [good]}))["met"] is False


@pytest.mark.parametrize(
    ("sizes", "last", "syncs", "met"),
    [
        ((100, 2000), 2100.0, 3, True),
        ((100, 2000), 2300.0, 3, False),
        ((100, 2000), 2000.0, 4, False),
        ((100, 1000), 2000.0, 3, False),
    ],
)
def test_a_step_may_not_grow_with_the_stack(sizes: tuple[int, int], last: float, syncs: float, *, met: bool) -> None:
    """Neither in bytes nor in waits for the disk, from a hundred resources to two thousand."""

    def prices(*steps: tuple[float, float]) -> list[engine_state.Price]:
        pairs = zip(sizes, steps, strict=True)
        return [
            engine_state.Price(resources=size, step=step, step_syncs=wait, operation=1.0, operation_syncs=1.0)
            for size, (step, wait) in pairs
        ]

    found = {engine_state.OURS: prices((2000.0, 3), (last, syncs))}
    assert read(engine_state.verdict(found))["met"] is met
    beside = read(engine_state.verdict({**found, engine_state.OFFICIAL: prices((1e5, 0), (1e6, 0))}))
    assert (beside["peer_value"], beside["peer_growth"], beside["met"]) == (1e6, 10.0, met)


def test_run_without_a_figure_says_why_and_meets_nothing() -> None:
    """Machines get their line all the same."""
    data = read(failed("plan", "s", "< 5 s", "no cloud\nbecause"))
    assert (data["met"], data["ours"], data["error"]) == (False, None, "no cloud")


def test_program_ends_with_its_line() -> None:
    """A whole run at its smallest; where packages cannot be had the peers are left out, and that is said."""
    environment = {**os.environ, "UV_OFFLINE": "1", "UV_NO_CACHE": "1", "PIP_FIND_LINKS": "", "UV_FIND_LINKS": ""}
    command = [sys.executable, str(BENCHMARKS / "validate.py"), "--tenants", "10", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=60)
    data = json.loads(done.stdout.splitlines()[-1])
    assert set(data) >= KEYS
    assert (data["name"], data["met"], data["places_right"], data["peer_value"]) == ("validate", False, 1, None)
    assert "check-jsonschema: not run" in done.stdout


def test_every_program_in_the_folder_is_a_benchmark() -> None:
    """What benchmarks share lies in folders; each file runs by itself and says what its goal is."""
    programs = {path.stem: path.read_text("utf-8") for path in BENCHMARKS.glob("*.py")}
    assert set(programs) >= {"plan", "engine_create", "validate"}
    for name, text in programs.items():
        assert f"python benchmarks/{name}.py" in text
        assert 'if __name__ == "__main__":' in text
