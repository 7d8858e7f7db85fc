"""A drift report as text, JSON and Markdown: drift always, rights on request, silence never without a look."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from drift_cases import CAEN, REGION, UNREAD, VIRE

from orchestrator.model.drift import ComparedStack, DriftReport
from orchestrator.planning.drift import stack_drift
from orchestrator.reporting.drift_json import drift_schema, drift_to_json
from orchestrator.reporting.drift_markdown import MARKER, drift_to_markdown
from orchestrator.reporting.drift_text import drift_to_text

VALIDATOR = jsonschema_rs.validator_for(json.loads(drift_schema()))
WHEN = "2026-03-02T09:00:00+00:00"


def report(*stacks: ComparedStack) -> DriftReport:
    return DriftReport(
        region="loire",
        started_at=WHEN,
        seconds=1.23456,
        stacks=tuple(stack_drift(one, WHEN) for one in stacks),
        lists=18,
        reads=3,
        known=("", "caen", "vire"),
        unapplied=("dieppe",),
    )


def as_data(found: DriftReport, *, theirs: bool = False) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(drift_to_json(found, theirs=theirs))
    assert [f"{one.instance_path}: {one.message}" for one in VALIDATOR.iter_errors(data)] == []
    return data


def test_text_tells_object_field_values_and_reason() -> None:
    """What was applied, what was found; a stack as applied has no line."""
    text = drift_to_text(report(REGION, CAEN, VIRE), theirs=False)
    assert "  ~ compute Instance main/web\n      name: applied web, found by | hand\n" in text
    assert "  - networking SecGroupRule main/web/ssh: gone\n" in text
    assert "SecGroupRule ingress,IPv4,tcp,22-22,0.0.0.0/0 in main/web: added (what a security group" in text
    assert "Never applied, so not compared: dieppe" in text
    assert text.endswith("3 objects of ours differ in 1 stack; 1 theirs, which --theirs shows.\n")
    assert "vire" not in text
    assert "powerState" not in text


def test_what_is_theirs_is_shown_on_request() -> None:
    """The member's own network, and that its server was stopped."""
    text = drift_to_text(report(CAEN), theirs=True)
    assert "Network own: added (it stands in the tenant's project and no spec asks for it) [theirs]" in text
    assert "powerState: applied active, found shutoff (members stop and start their servers" in text


@pytest.mark.parametrize("render", [drift_to_text, drift_to_markdown])
def test_no_drift_is_not_said_of_what_was_not_seen(render: Any) -> None:
    """Whatever else is found."""
    assert "no drift." in drift_to_text(report(REGION, VIRE), theirs=False)
    text = render(report(REGION, UNREAD), theirs=False)
    assert "no drift found, but not everything was looked at" in text
    assert "503" in text


def test_json_is_as_its_schema_says() -> None:
    """With rights and without; counts are the same."""
    found = report(REGION, CAEN, UNREAD)
    plain, whole = as_data(found), as_data(found, theirs=True)
    assert (plain["drift"], plain["complete"]) == (whole["drift"], whole["complete"]) == (3, False)
    assert [len(one["drifted"]) for one in plain["stacks"]] == [0, 3, 0]
    assert [len(one["drifted"]) for one in whole["stacks"]] == [0, 4, 0]
    assert {field["owner"] for one in plain["stacks"][1]["drifted"] for field in one["fields"]} == {"ours"}


def test_markdown_is_one_table_that_no_name_breaks() -> None:
    """Values come from the cloud: whoever may rename a server may not write into the comment."""
    text = drift_to_markdown(report(CAEN), theirs=True)
    assert text.startswith(MARKER)
    assert "by \\| hand" in text
    rows = [line for line in text.splitlines() if line.startswith("| tenant")]
    assert len(rows) == 5
