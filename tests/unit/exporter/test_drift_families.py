"""The last drift pass on the page: counts by tenant and owner, freshness that holds for all; unknown is absent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pages import Series, named, series, value

from orchestrator.adapters.exporter_prometheus.page import render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.model.drift import DriftRecord, StackRecord
from orchestrator.model.records import Records
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs

RECORD = DriftRecord(
    started_at="1970-01-01T00:02:00+00:00",
    seconds=2.5,
    complete=True,
    known=("", "blue"),
    stacks={
        "": StackRecord(looked_at="1970-01-01T00:01:00+00:00", objects=17, ours=0, theirs=0),
        "blue": StackRecord(looked_at="1970-01-01T00:02:00+00:00", objects=9, ours=3, theirs=1),
    },
)


@pytest.fixture
def records() -> Records:
    return Records(ledger={}, run=None, pending={}, drift=RECORD)


def found(specs: Specs, snapshot: InventorySnapshot, records: Records | None) -> Series:
    return series(render(reading(specs, snapshot, records=records)).plain)


def test_objects_are_counted_by_tenant_and_owner(specs: Specs, snapshot: InventorySnapshot, records: Records) -> None:
    """The region's own have no tenant; what was looked at and is as applied says 0."""
    page = found(specs, snapshot, records)
    assert named(page, "mutualis_drift_objects") == {
        ("ours",): 0,
        ("theirs",): 0,
        ("ours", "blue"): 3,
        ("theirs", "blue"): 1,
    }


def test_the_last_success_is_that_of_the_longest_unseen(
    specs: Specs, snapshot: InventorySnapshot, records: Records
) -> None:
    """Turns look at some stacks each: only what holds for all of them is fresh."""
    page = found(specs, snapshot, records)
    assert value(page, "mutualis_drift_last_success_timestamp_seconds") == 60
    assert value(page, "mutualis_drift_up") == 1
    assert value(page, "mutualis_drift_duration_seconds") == 2.5


def test_a_stack_never_seen_leaves_no_success(specs: Specs, snapshot: InventorySnapshot, records: Records) -> None:
    """Nor a count of it."""
    part = replace(RECORD, complete=False, stacks={"": RECORD.stacks[""]})
    page = found(specs, snapshot, replace(records, drift=part))
    names = {name for name, _ in page}
    assert "mutualis_drift_last_success_timestamp_seconds" not in names
    assert value(page, "mutualis_drift_up") == 0
    assert not any(name == "mutualis_drift_objects" and dict(labels).get("tenant") == "blue" for name, labels in page)


@pytest.mark.parametrize("drift", [None, RECORD])
def test_before_the_first_pass_there_is_no_sample(
    specs: Specs, snapshot: InventorySnapshot, drift: DriftRecord | None
) -> None:
    """Nobody has looked: that is not 0."""
    given = Records(ledger={}, run=None, pending={}, drift=drift) if drift is None else None
    assert not [name for name, _ in found(specs, snapshot, given) if name.startswith("mutualis_drift")]


def test_a_member_sees_its_own_count(specs: Specs, snapshot: InventorySnapshot, records: Records) -> None:
    """And nobody else's."""
    page = render(reading(specs, snapshot, records=records))
    tenants = page.members.tenants
    given = replace(records, drift=replace(RECORD, stacks=dict.fromkeys(tenants, RECORD.stacks["blue"])))
    members = render(reading(specs, snapshot, records=given)).members
    for tenant in tenants:
        own = members.page(tenant)
        assert own is not None
        owners = {dict(labels)["tenant"] for name, labels in series(own.plain) if name == "mutualis_drift_objects"}
        assert owners == {tenant}
    assert len(tenants) > 1
