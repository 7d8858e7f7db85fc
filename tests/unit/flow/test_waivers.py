"""Waivers as reviewers see them: by age, with what they suspend today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from region_examples import EXAMPLES, TODAY, laid_out

from orchestrator.flow.validate import Validation, validate
from orchestrator.flow.waivers import by_age, standing_of
from orchestrator.model.waiver_standing import Standing, WaiverStanding
from orchestrator.reporting.waivers import waivers_to_json, waivers_to_text
from policies import RULES, hardening
from policies.plan_rules import PLAN_RULES

WAIVER = """apiVersion: mutualis/v1
kind: Waiver
metadata: {{name: {name}}}
spec:
  rule: {rule}
  object: {{kind: Tenant, name: {tenant}}}
  reason: because
  approvedBy: {approver}
  granted: {granted}
  expires: {expires}
"""


def write(folder: Path, name: str, **fields: str) -> None:
    """A waiver of POL004 for `member`, which needs it; unless the fields say otherwise."""
    given = {"rule": "POL004", "tenant": "member", "approver": "the operator", "granted": "2026-02-01"}
    text = WAIVER.format(name=name, expires="2026-06-01", **{**given, **fields})
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A region whose member opens SSH to everybody, by a waiver `w` of 2026-03-01 that ends today."""
    return laid_out(EXAMPLES / "valid" / "waived", tmp_path / "region")


def judged(folder: Path) -> Validation:
    return validate(folder, RULES, TODAY, plan_rules=PLAN_RULES, measured=hardening.codes())


def standings(folder: Path) -> tuple[WaiverStanding, ...]:
    validation = judged(folder)
    assert validation.written is not None
    later = {rule.code for rule in PLAN_RULES}
    waivers = validation.written.waivers.values()
    return by_age([standing_of(one, validation.findings, TODAY, later) for one in waivers])


def test_waivers_are_listed_oldest_first_with_what_they_do(folder: Path) -> None:
    """Days left count to the last day, on which it still counts."""
    write(folder, "plan", rule="POL102", granted="2026-04-01")
    write(folder, "other", rule="POL006")
    found = [(one.waiver.name, one.standing, one.suspended, one.days_left, one.age_days) for one in standings(folder)]
    assert found == [
        ("other", Standing.IDLE, 0, 0, 120),
        ("w", Standing.SUSPENDS, 1, 0, 92),
        ("plan", Standing.PLAN, 0, 0, 61),
    ]


def test_specs_that_a_rule_refuses_still_tell_their_waivers(folder: Path) -> None:
    """An ended waiver is why they are refused: it must be seen."""
    file = folder / "w.yaml"
    file.write_text(file.read_text("utf-8").replace("expires: 2026-06-01", "expires: 2026-05-31"), encoding="utf-8")
    assert judged(folder).specs is None
    (only,) = standings(folder)
    assert (only.standing, only.days_left, only.suspended) == (Standing.EXPIRED, -1, 0)
    assert "EXPIRED" in waivers_to_text((only,))


def test_waiver_of_a_rule_that_judges_plans_is_not_called_idle(folder: Path) -> None:
    """Only a plan shows whether it is needed."""
    write(folder, "plan", rule="POL102")
    assert [finding.code for finding in judged(folder).findings if not finding.waived_until] == []


def test_json_has_every_field(folder: Path) -> None:
    """As the documents say it, and what follows from the day."""
    (only,) = json.loads(waivers_to_json(standings(folder)))["waivers"]
    assert only == {
        "name": "w",
        "rule": "POL004",
        "object": {"kind": "Tenant", "name": "member"},
        "reason": "because",
        "approvedBy": "the operator",
        "granted": "2026-03-01",
        "expires": "2026-06-01",
        "daysLeft": 0,
        "ageDays": 92,
        "standing": "suspends",
        "suspendedFindings": 1,
    }


@pytest.mark.parametrize(
    ("approver", "refused"),
    [
        ("RSSI of Commune", True),
        ("MEMBER, its director", True),
        ("si@member.example", True),
        ("RSSI of the operator", False),
        ("the remembering party", False),
    ],
)
def test_a_member_does_not_approve_its_own_waiver(
    folder: Path,
    approver: str,
    refused: bool,  # noqa: FBT001 parametrised
) -> None:
    """By its name, its tenant's or an address of its own, as whole words; the finding cannot be waived."""
    write(folder, "own", approver=approver)
    codes = [finding.code for finding in judged(folder).findings if finding.refuses]
    assert codes == (["SPEC062"] if refused else [])


def test_no_waivers_are_said_in_words() -> None:
    """Not by silence."""
    assert waivers_to_text(()) == "no waivers\n"


def test_a_rule_of_the_audit_is_suspended_for_a_host(folder: Path) -> None:
    """Specs cannot tell whether it is needed: no note says that it suspends nothing."""
    text = WAIVER.format(
        name="home",
        rule="bp28:partition_for_home",
        tenant="x",
        approver="RSSI",
        granted="2026-02-01",
        expires="2026-06-01",
    )
    (folder / "home.yaml").write_text(text.replace("{kind: Tenant, name: x}", "{kind: Host, name: host-1}"), "utf-8")
    assert [one.standing for one in standings(folder) if one.waiver.name == "home"] == [Standing.AUDIT]
    assert not [one for one in judged(folder).findings if one.object and one.object.name == "home"]
    assert "see `audit`" in waivers_to_text(standings(folder))
