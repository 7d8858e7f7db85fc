"""An audit measures the chosen hosts, judges them, and keeps what was measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from audit_cases import FAILED, GOOD, GUIDE
from fake_audit_records import FakeAuditRecords
from fake_clock import FakeClock
from fake_host_audit import FakeHostAudit

from orchestrator.cli.audit import exit_of
from orchestrator.errors import UsageError
from orchestrator.flow.audit import AuditWorld, audit
from orchestrator.model.audit import AuditReport, Standing
from orchestrator.model.specs import Specs
from orchestrator.spec.region import load_region

METAL = Path(__file__).parents[3] / "inventory" / "metal"


@pytest.fixture(scope="module")
def metal() -> Specs:
    specs = load_region(METAL, rules=()).specs
    assert specs
    return specs


@pytest.fixture
def world() -> AuditWorld:
    answers = {"nord-1": GOOD, "nord-2": GOOD, "sud-1": {**GOOD, "quality": FAILED}}
    return AuditWorld(hosts=FakeHostAudit(answers), records=FakeAuditRecords(), clock=FakeClock())


def run(metal: Specs, world: AuditWorld, *names: str) -> AuditReport:
    return audit(metal, GUIDE, world, names, lambda _host, _end, _task: None)


def test_all_hosts_are_measured(metal: Specs, world: AuditWorld) -> None:
    """In the order of their names; one finding is the region's."""
    report = run(metal, world)
    assert [one.host for one in report.hosts] == ["nord-1", "nord-2", "sud-1"]
    assert report.findings == 1
    assert exit_of(report) == 1
    assert world.records.read() == report


def test_one_host_alone(metal: Specs, world: AuditWorld) -> None:
    """The others keep what was measured before."""
    run(metal, world)
    assert isinstance(world.hosts, FakeHostAudit)
    world.hosts.answers["sud-1"] = GOOD
    report = run(metal, world, "sud-1")
    assert [one.host for one in report.hosts] == ["sud-1"]
    assert exit_of(report) == 0
    kept = world.records.read()
    assert kept
    assert [(one.host, one.counts[Standing.FINDING]) for one in kept.hosts] == [
        ("nord-1", 0),
        ("nord-2", 0),
        ("sud-1", 0),
    ]


def test_a_host_that_is_away_keeps_its_last_measure(metal: Specs, world: AuditWorld) -> None:
    """It is told, worth trying again, and stops no other."""
    run(metal, world)
    assert isinstance(world.hosts, FakeHostAudit)
    del world.hosts.answers["nord-2"]
    report = run(metal, world)
    assert [one.host for one in report.unmeasured] == ["nord-2"]
    assert exit_of(report) == 4
    kept = world.records.read()
    assert kept
    assert len(kept.hosts) == 3


def test_hosts_that_left_are_forgotten(metal: Specs, world: AuditWorld) -> None:
    """No figure speaks of a host that no spec has."""
    run(metal, world)
    left = replace(metal, hosts={name: one for name, one in metal.hosts.items() if name != "sud-1"})
    run(left, world, "nord-1")
    kept = world.records.read()
    assert kept
    assert [one.host for one in kept.hosts] == ["nord-1", "nord-2"]


def test_an_unknown_host_is_said(metal: Specs, world: AuditWorld) -> None:
    """Before anything is done."""
    with pytest.raises(UsageError, match="no host nord-9"):
        run(metal, world, "nord-9")
