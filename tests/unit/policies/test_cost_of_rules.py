"""What judging costs: work grows with the region, not with its square."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from orchestrator.model.finding import ObjectRef
from orchestrator.model.rule import JudgingRule, Subject
from orchestrator.model.specs import Specs
from orchestrator.spec.region import load_region
from policies import RULES

DEMO = Path(__file__).parents[3] / "inventory" / "demo"
TIMES = 4
"""How often the demo's members and hosts stand in the smaller region; in the larger one twice as often."""
MOST = 2.3
"""Work for twice as much, over the work for once: 2 and something for sorting; a square has 4."""


@pytest.fixture(scope="module")
def demo() -> Specs:
    specs = load_region(DEMO, rules=[rule.code for rule in RULES]).specs
    assert specs is not None
    return specs


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_twice_as_many_members_and_hosts_are_twice_the_work(rule: JudgingRule, demo: Specs) -> None:
    """Counted in bytecodes, so that a loaded machine says the same."""
    once, twice = subject(demo, TIMES), subject(demo, 2 * TIMES)
    list(rule.check(once)), list(rule.check(twice))  # what is computed once for all is there
    less, more = steps(lambda: list(rule.check(once))), steps(lambda: list(rule.check(twice)))
    assert 0 < more < MOST * less


def test_the_count_tells_a_square_from_a_line() -> None:
    """The guard sees a loop within a loop."""
    few, many = list(range(20)), list(range(40))
    line = steps(lambda: [-item for item in many]) / steps(lambda: [-item for item in few])
    square = steps(lambda: [(a, b) for a in many for b in many]) / steps(lambda: [(a, b) for a in few for b in few])
    assert line < MOST < square


def subject(demo: Specs, times: int) -> Subject:
    """Members and hosts under new names, as often as asked; everything else once."""
    copies = range(times)
    tenants = {
        f"{name}-{n:03}": replace(one, name=f"{name}-{n:03}") for n in copies for name, one in demo.tenants.items()
    }
    hosts = {f"{name}-{n:03}": replace(one, name=f"{name}-{n:03}") for n in copies for name, one in demo.hosts.items()}
    files = {ObjectRef(kind="Tenant", name=name): f"tenants/{name}.yaml" for name in tenants}
    specs = replace(demo, tenants=dict(sorted(tenants.items())), hosts=dict(sorted(hosts.items())))
    return Subject(specs=specs, today=dt.date(2026, 6, 1), files=files)


def steps(work: Callable[[], object]) -> int:
    """The number of bytecodes that it takes."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
