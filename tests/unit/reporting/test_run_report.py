"""What a run did, for people and for machines."""

from __future__ import annotations

import json

import pytest

from orchestrator.cli.apply import exit_of
from orchestrator.model.outcome import Failure, Outcome, RunReport, Status
from orchestrator.reporting.run_json import report_to_json
from orchestrator.reporting.run_text import report_to_text

DONE = Outcome(step="region", status=Status.DONE, seconds=2.04, counts={"create": 3, "update": 1})
QUOTA = Failure(resource="network lan", cause="quota exceeded", hint="raise the tenant's quota")
TIMEOUT = Failure(resource="server web", cause="no answer", hint="apply again", temporary=True)


def failed(*failures: Failure) -> Outcome:
    return Outcome(step="tenant/caen", status=Status.FAILED, seconds=1.0, failures=failures)


def report(*outcomes: Outcome) -> RunReport:
    return RunReport(
        run="r1",
        region="loire",
        plan_digest="0123456789abcdef",
        started_at="",
        finished_at="2026-03-02T09:00:00+00:00",
        outcomes=outcomes,
        untaken=4,
    )


def test_text_names_tenant_resource_cause_and_what_to_do() -> None:
    """And ends with what is done, failed, skipped, waiting."""
    assert report_to_text(report(DONE, failed(QUOTA))).splitlines() == [
        "Run r1 on region loire, plan 0123456789ab",
        "  done     region: 3 create, 1 update, 2.0 s",
        "  failed   tenant/caen: no resource changed, 1.0 s",
        "           tenant/caen, network lan: quota exceeded",
        "           -> raise the tenant's quota",
        "1 done, 1 failed; 4 steps not taken.",
    ]


def test_text_of_an_empty_run_says_so() -> None:
    """Not a blank."""
    assert report_to_text(report()).splitlines()[-1] == "nothing to do; 4 steps not taken."


def test_json_has_every_field_and_whether_something_is_left() -> None:
    """Machines need not count."""
    data = json.loads(report_to_json(report(failed(QUOTA))))
    assert (data["schemaVersion"], data["failed"], data["outcomes"][0]["status"]) == (2, True, "failed")
    assert data["outcomes"][0]["failures"][0]["hint"] == QUOTA.hint


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ((DONE,), 0),
        ((), 0),
        ((DONE, failed(QUOTA)), 3),
        ((failed(TIMEOUT),), 4),
        ((failed(TIMEOUT, QUOTA),), 3),
        ((DONE, Outcome(step="tenant/vire", status=Status.WAITING, seconds=0.0)), 3),
        ((Outcome(step="tenant/vire", status=Status.SKIPPED, seconds=0.0), failed(TIMEOUT)), 4),
    ],
)
def test_exit_code_tells_what_to_do_next(outcomes: tuple[Outcome, ...], code: int) -> None:
    """0 nothing, 3 look at it, 4 the same command again."""
    assert exit_of(report(*outcomes)) == code
