"""Who must have approved what, and who is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from plan_steps import change, step
from small_region import specs, tenant

from orchestrator.errors import PolicyRefusal
from orchestrator.flow.approvals import refuse_unless_approved
from orchestrator.model.approvals import Governed, NeededApproval
from orchestrator.model.plan import Operation, Step, StepAction
from orchestrator.model.provenance import Approval, Provenance
from orchestrator.model.region import ApprovalRule, ChangeKind, Deletion
from orchestrator.model.specs import Specs, Waiver
from orchestrator.planning.approvals import governed, missing, needed

RULES = tuple(ApprovalRule(change=kind, roles=(f"for-{kind.value}",)) for kind in ChangeKind)
WAIVER = Waiver(
    name="caen-ssh",
    rule="POL004",
    object_kind="Tenant",
    object_name="caen",
    reason="until the bastion is there",
    approved_by="RSSI",
    expires=dt.date(2027, 1, 1),
)
BUILDS = step("tenant/caen", change(Operation.CREATE, "web"))


def written(*waivers: Waiver, rules: tuple[ApprovalRule, ...] = RULES, budget: int = 100) -> Specs:
    made = specs(tenant("caen"), approvals=rules, deletion=Deletion(budget=budget))
    return replace(made, waivers={one.name: one for one in waivers})


def kinds(now: Specs, *steps: Step, last: Governed | None) -> set[ChangeKind]:
    return {one.change for one in needed(now, steps, last)}


def test_without_rules_nobody_is_asked() -> None:
    """What the forge asks for is enough."""
    assert needed(written(WAIVER, rules=()), (BUILDS,), None) == ()


def test_what_a_plan_does_says_who_must_approve() -> None:
    """Each rule with what of the plan it is for."""
    last = governed(written())
    deletes = step("tenant/caen", change(Operation.REPLACE, "web"), change(Operation.DELETE, "old"))
    assert needed(written(), (BUILDS,), last) == (
        NeededApproval(change=ChangeKind.ANY, roles=("for-any",), why="1 step acts"),
    )
    assert needed(written(), (deletes, step("host/n1")), last) == (
        NeededApproval(change=ChangeKind.ANY, roles=("for-any",), why="2 steps act"),
        NeededApproval(change=ChangeKind.DELETIONS, roles=("for-deletions",), why="2 objects go"),
        NeededApproval(change=ChangeKind.HOSTS, roles=("for-hosts",), why="1 host is touched"),
    )


def test_a_retired_tenant_is_a_deletion_whatever_is_left_of_it() -> None:
    """Nothing may be known of its objects."""
    gone = replace(step("tenant/caen"), action=StepAction.RETIRE)
    (deletion,) = needed(written(), (gone,), governed(written()))
    assert deletion.why == "0 objects go, tenant/caen retired"


def test_an_empty_plan_without_new_waivers_needs_nobody() -> None:
    """A job that is started twice asks nobody twice."""
    assert needed(written(WAIVER), (), governed(written(WAIVER))) == ()


def test_a_new_waiver_and_a_changed_one_are_named_and_one_that_goes_is_not() -> None:
    """Though no step of the plan shows them."""
    longer = replace(WAIVER, expires=dt.date(2030, 1, 1))
    other = replace(WAIVER, name="caen-open")
    (found,) = needed(written(longer, other), (), governed(written(WAIVER)))
    assert (found.change, found.why) == (ChangeKind.WAIVERS, "new or changed: caen-open, caen-ssh")
    assert kinds(written(), last=governed(written(WAIVER))) == set()


def test_the_regions_own_bounds_are_policy() -> None:
    """A larger deletion budget lets later changes through."""
    assert kinds(written(budget=900), last=governed(written())) == {ChangeKind.POLICY}


def test_a_first_apply_has_everything_to_approve() -> None:
    """Waivers and bounds that nobody approved may hold anything."""
    assert kinds(written(WAIVER), BUILDS, last=None) == {ChangeKind.ANY, ChangeKind.WAIVERS, ChangeKind.POLICY}


@pytest.mark.parametrize("rules", [(), RULES[:1]], ids=["none is left", "one is left"])
def test_a_change_cannot_take_its_judges_away(rules: tuple[ApprovalRule, ...]) -> None:
    """Rules of before count, and whoever changes them needs every role that they named."""
    now = written(WAIVER, rules=rules)
    found = {one.change: one.roles for one in needed(now, (BUILDS,), governed(written()))}
    assert found == {
        ChangeKind.ANY: ("for-any",),
        ChangeKind.WAIVERS: ("for-waivers",),
        ChangeKind.POLICY: tuple(sorted(f"for-{kind.value}" for kind in ChangeKind)),
    }


def test_rules_that_come_count_at_once() -> None:
    """The change that brings them is the first that they judge."""
    last = governed(written(rules=()))
    assert kinds(written(), BUILDS, last=last) == {ChangeKind.ANY, ChangeKind.POLICY}


NEEDS = (NeededApproval(change=ChangeKind.WAIVERS, roles=("dpo", "rssi"), why="new or changed: caen-ssh"),)
ALICE = Approval(person="alice", roles=("rssi",))
DAVE = Approval(person="dave", roles=("dpo",))


def test_each_role_must_have_approved() -> None:
    """One person may have several roles."""
    assert missing(NEEDS, Provenance(approvals=(ALICE, DAVE))) == ()
    assert missing(NEEDS, Provenance(approvals=(Approval(person="erin", roles=("dpo", "rssi")),))) == ()
    assert [one.roles for one in missing(NEEDS, Provenance(approvals=(ALICE,)))] == [("dpo",)]


def test_the_author_approves_nothing() -> None:
    """However the name is written."""
    found = missing(NEEDS, Provenance(author="ALICE", approvals=(ALICE, DAVE)))
    assert [one.roles for one in found] == [("rssi",)]


def test_a_pipeline_that_does_not_say_the_author_has_no_approvals() -> None:
    """Nobody knows that they are somebody else's."""
    assert missing(NEEDS, Provenance(forge="gitlab", approvals=(ALICE, DAVE))) == NEEDS


def test_what_is_missing_is_said_with_who_is_there() -> None:
    """Role, kind and why; who approved in which role, and who wrote it."""
    there = Provenance(forge="gitlab", request="12", author="dave", approvals=(ALICE, DAVE))
    with pytest.raises(PolicyRefusal) as caught:
        refuse_unless_approved(NEEDS, there)
    assert caught.value.message == (
        "approvals are missing: dpo for waivers (new or changed: caen-ssh); merge request 12 was approved by "
        "alice (rssi), dave (dpo), who is its author"
    )
    assert "start this job again" in caught.value.hint
    assert caught.value.exit_code == 1


def test_by_hand_it_is_said_how_approvals_are_told() -> None:
    """An operator on the deploying machine can always say so; it is recorded under that name."""
    with pytest.raises(PolicyRefusal, match="nobody is known to have approved it") as caught:
        refuse_unless_approved(NEEDS, Provenance(runner="root@vm"))
    assert "MUTUALIS_REVIEWED_BY" in caught.value.hint


def test_approvals_without_an_author_are_said_to_count_for_nothing() -> None:
    """So that whoever reads it mends the pipeline."""
    with pytest.raises(PolicyRefusal, match="does not say who wrote merge request 12"):
        refuse_unless_approved(NEEDS, Provenance(forge="github", request="12", approvals=(ALICE, DAVE)))
