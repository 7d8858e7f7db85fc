"""What `apply` asks before it acts."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace

import jsonschema_rs
import pytest
from fake_journal import FakeJournal
from small_region import specs, tenant
from small_world import SmallWorld

from orchestrator.cli.agreement import Agreement, agree
from orchestrator.errors import PolicyRefusal, UsageError
from orchestrator.model.approvals import NeededApproval
from orchestrator.model.plan import Plan
from orchestrator.model.provenance import Approval, Provenance
from orchestrator.model.region import ChangeKind
from orchestrator.reporting.approvals_json import approvals_schema

APPROVALS_SCHEMA = jsonschema_rs.validator_for(json.loads(approvals_schema()))


def _agree(plan: Plan, reviewed: Plan | None, *, yes: bool, as_json: bool = False) -> None:
    agree(plan, Agreement(reviewed=reviewed, journal=FakeJournal(), yes=yes, as_json=as_json))


@pytest.fixture
def plan() -> Plan:
    return SmallWorld().plan(specs(tenant("caen"), tenant("vire"))).plan


def test_plan_file_that_says_the_same_is_agreed_to(plan: Plan) -> None:
    """Nobody is asked again."""
    assert _agree(plan, plan, yes=False) is None


def test_plan_file_with_other_steps_under_the_same_digest_is_refused(plan: Plan) -> None:
    """What people saw was not what would be done."""
    with pytest.raises(PolicyRefusal, match="changed after it was made"):
        _agree(plan, replace(plan, steps=plan.steps[:1]), yes=True)


def test_both_plans_are_shown_side_by_side_when_they_differ(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for the step that only one of them has; those that are alike are counted."""
    now = SmallWorld().plan(specs(tenant("caen"))).plan
    with pytest.raises(PolicyRefusal):
        _agree(now, plan, yes=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Steps: 1 only in the reviewed plan, 2 alike.\n")
    (line,) = (line for line in shown.err.splitlines() if line.startswith("tenant/vire"))
    assert line.split()[1] == "build:"
    assert line.split()[-1] == "-"


def test_a_pipeline_gets_the_difference_as_data(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output, where its report would have stood; with the reason."""
    now = SmallWorld().plan(specs(tenant("caen"))).plan
    with pytest.raises(PolicyRefusal) as caught:
        _agree(now, plan, yes=True, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["refused"] == caught.value.message
    assert [(one["step"], one["standing"], one["now"]) for one in told["steps"]] == [
        ("tenant/vire", "only reviewed", "")
    ]
    assert (told["reviewedDigest"], told["nowDigest"]) == (plan.digest, now.digest)


def test_a_pipeline_gets_the_missing_approvals_as_data(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    """In the published form: all that the plan needs, and of that what nobody who counts has given."""
    needs = (
        NeededApproval(change=ChangeKind.ANY, roles=("operator",), why="3 steps act"),
        NeededApproval(change=ChangeKind.WAIVERS, roles=("operator", "rssi"), why="new or changed: caen-ssh"),
    )
    approved = (Approval(person="alice", roles=("rssi",)),)
    origin = Provenance(forge="gitea", request="12", author="bob", approvals=approved)
    needy = replace(plan, approvals=needs)
    with pytest.raises(PolicyRefusal) as caught:
        agree(needy, Agreement(reviewed=needy, journal=FakeJournal(), as_json=True, provenance=origin))
    told = json.loads(capsys.readouterr().out)
    APPROVALS_SCHEMA.validate(told)
    assert told["refused"] == caught.value.message
    assert [(one["change"], one["roles"]) for one in told["needed"]] == [
        ("any", ["operator"]),
        ("waivers", ["operator", "rssi"]),
    ]
    assert [(one["change"], one["roles"]) for one in told["missing"]] == [
        ("any", ["operator"]),
        ("waivers", ["operator"]),
    ]
    assert (told["provenance"]["author"], told["planDigest"]) == ("bob", plan.digest)


def test_missing_approvals_stand_on_standard_output_only_as_data(
    plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence goes where errors go."""
    needs = (NeededApproval(change=ChangeKind.ANY, roles=("operator",), why="3 steps act"),)
    with pytest.raises(PolicyRefusal, match="approvals are missing: operator for any change"):
        _agree(replace(plan, approvals=needs), replace(plan, approvals=needs), yes=True)
    assert capsys.readouterr().out == ""


def test_the_rest_of_a_plan_that_was_begun_is_agreed_to(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    """And said, so that the log tells why less is done."""
    journal = FakeJournal()
    journal.begin("run-1", plan.digest, Provenance(reviewed=plan.digest))
    rest = replace(plan, steps=plan.steps[1:], digest="other")
    assert agree(rest, Agreement(reviewed=plan, journal=journal)) is None
    assert "which run run-1 began: 1 of its steps is done, 2 left" in capsys.readouterr().err
    assert agree(replace(plan, steps=(), digest="none"), Agreement(reviewed=plan, journal=journal)) is None
    assert "was carried out by run run-1: nothing of it is left" in capsys.readouterr().err


@pytest.mark.parametrize("stdin", [io.StringIO("y\n"), None], ids=["a pipe", "closed"])
def test_without_a_terminal_nobody_agrees(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO | None
) -> None:
    """A pipeline must say --yes or give a plan file; text on its standard input is no answer."""
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(UsageError, match="nobody is there"):
        _agree(plan, None, yes=False)
