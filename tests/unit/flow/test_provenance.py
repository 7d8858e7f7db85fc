"""Who reviewed stands in the journal, in the ledger and in the report; what approvals watch over is recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fake_clock import FakeClock
from small_region import DAY, specs, tenant
from small_world import SmallWorld

from orchestrator.adapters.records.journal_file import JournalFile
from orchestrator.adapters.records.ledger_files import LedgerFiles
from orchestrator.flow.approvals import record_approved
from orchestrator.model.plan import REGION_STEP, LedgerEntry, tenant_step
from orchestrator.model.provenance import Approval, Provenance
from orchestrator.model.region import ApprovalRule, ChangeKind
from orchestrator.reporting.member_sheet import member_sheet
from orchestrator.reporting.run_json import report_to_json
from orchestrator.reporting.run_markdown import report_to_markdown
from orchestrator.reporting.run_text import report_to_text

ORIGIN = Provenance(
    reviewed="5d1c0a7b2f9e4711",
    runner="deploy@runner",
    forge="gitlab",
    pipeline="https://git.example/region/-/pipelines/77",
    started_by="carol",
    commit="4f5a0c1e0b7d2f3e4a5b6c7d8e9f001122334455",
    request="12",
    request_url="https://git.example/region/-/merge_requests/12",
    author="bob",
    approvals=(Approval(person="alice", roles=("rssi",)), Approval(person="erin")),
)
WRITTEN = specs(tenant("caen"))
REVIEWED = "merge request 12 (https://git.example/region/-/merge_requests/12) by bob, approved by alice (rssi), erin"
BY = "started by carol, run by deploy@runner"


@pytest.fixture
def world() -> SmallWorld:
    return SmallWorld()


def test_every_step_of_the_ledger_says_who_reviewed_it(world: SmallWorld) -> None:
    """A later run that leaves it alone leaves that, too."""
    world.carry_out(world.plan(WRITTEN), ORIGIN)
    world.carry_out(world.plan(specs(tenant("caen"), tenant("vire"))), Provenance(runner="root@vm"))
    entries = world.ledger.read()
    assert {step: entry.provenance for step, entry in entries.items()} == {
        REGION_STEP: ORIGIN,
        tenant_step("caen"): ORIGIN,
        tenant_step("vire"): Provenance(runner="root@vm"),
    }


def test_it_comes_back_from_the_files_as_it_went_in(world: SmallWorld, tmp_path: Path) -> None:
    """Journal, report and ledger."""
    journal = JournalFile(tmp_path / "journal", FakeClock())
    journal.begin("20260101", "digest", ORIGIN)
    killed = journal.last()
    assert killed is not None
    assert killed.provenance == ORIGIN
    report = world.carry_out(world.plan(WRITTEN), ORIGIN)
    journal.end(report)
    assert journal.last() == report
    ledger = LedgerFiles(tmp_path / "ledger")
    entry = LedgerEntry(step="region", digest="d", applied_at="", resources=1, outputs={}, provenance=ORIGIN)
    ledger.record(entry)
    assert ledger.read() == {"region": entry}


def test_records_of_before_it_was_kept_are_still_read(tmp_path: Path) -> None:
    """Nothing is known of them, and nothing else is wrong."""
    ledger = LedgerFiles(tmp_path / "ledger")
    ledger.record(LedgerEntry(step="region", digest="d", applied_at="", resources=1, outputs={}))
    path = tmp_path / "ledger" / "region.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    del kept["provenance"]
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert (ledger.read()["region"].digest, ledger.read()["region"].provenance) == ("d", None)


def test_a_report_says_it_in_each_of_its_forms(world: SmallWorld) -> None:
    """For people in two lines, for machines in fields."""
    report = world.carry_out(world.plan(WRITTEN), ORIGIN)
    assert report_to_text(report).splitlines()[1:3] == [
        f"Reviewed: {REVIEWED}",
        f"From: plan file 5d1c0a7b2f9e, commit 4f5a0c1e0b7d, pipeline {ORIGIN.pipeline}, {BY}",
    ]
    assert "- Reviewed: merge request 12" in report_to_markdown(report)
    told = json.loads(report_to_json(report))["provenance"]
    assert (told["author"], told["startedBy"]) == ("bob", "carol")
    assert told["approvals"] == [{"person": "alice", "roles": ["rssi"]}, {"person": "erin", "roles": []}]


def test_a_members_sheet_says_when_it_was_last_applied_and_who_reviewed_that(world: SmallWorld) -> None:
    """Only where a ledger knows it."""
    world.carry_out(world.plan(WRITTEN), ORIGIN)
    caen = WRITTEN.tenants["caen"]
    told = member_sheet(WRITTEN, caen, DAY, world.ledger.read()[tenant_step("caen")])
    assert "## Last applied\n\n- at: 2026-03-02T09:00:00+00:00\n- objects: " in told
    assert "by bob, approved by alice (rssi), erin" in told
    assert "## Last applied" not in member_sheet(WRITTEN, caen, DAY)


def test_a_plan_says_who_must_approve_it_until_that_is_recorded(world: SmallWorld) -> None:
    """What was agreed to once is not asked for again."""
    rules = (ApprovalRule(change=ChangeKind.POLICY, roles=("rssi",)),)
    ruled = specs(tenant("caen"), approvals=rules)
    planned = world.plan(ruled)
    assert [one.roles for one in planned.plan.approvals] == [("rssi",)]
    record_approved(ruled, world.governed)
    assert world.plan(ruled).plan.approvals == ()
