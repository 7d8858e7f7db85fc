"""Containers that tenants open for each other: ids that nobody knew at first are used in the same run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shared_containers import container, owner, user
from small_region import specs, tenant
from small_world import SmallWorld, outcome_of

from orchestrator.errors import TemporaryFailure
from orchestrator.flow.act import AGAIN, LEFT
from orchestrator.flow.as_reviewed import refuse_unless_reviewed
from orchestrator.model.outcome import Failure, Status
from orchestrator.model.provenance import Provenance
from orchestrator.model.sharing import ContainerAccess
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Project, QuotaRequest

READ = ContainerAccess.READ
ROOM = QuotaRequest(size="s", overrides={"securityGroups": 2, "securityGroupRules": 8})
LATE = Failure(resource="network lan", cause="quota exceeded", hint="raise the tenant's quota")


@pytest.fixture
def world() -> SmallWorld:
    return SmallWorld()


def both() -> Specs:
    """Caen comes before dieppe, which uses its container."""
    return specs(owner("caen", container(dieppe=READ)), user("dieppe", "caen"))


def opened(world: SmallWorld, of: str = "caen") -> str:
    return world.engine.held[of]["container:main/scans"]


def test_a_project_that_the_run_makes_is_let_in_by_the_same_run(world: SmallWorld) -> None:
    """The owner's step has two turns and one outcome, which says so; nothing is left to plan."""
    report = world.apply(both())
    assert "id-dieppe-main" in opened(world)
    assert [step for word, step in world.engine.calls if word == "build"] == ["region", "caen", "dieppe", "caen"]
    told = outcome_of(report, "tenant/caen")
    assert (told.status, told.note, told.counts["update"]) == (Status.DONE, AGAIN, 1)
    assert told.counts["create"] == len(world.engine.held["caen"])
    assert world.plan(both()).plan.steps == ()


def test_two_that_open_containers_for_each_other_are_both_whole(world: SmallWorld) -> None:
    """No order of the two would do."""
    first = user("dieppe", "caen").shared_containers
    second = user("caen", "dieppe").shared_containers
    mutual = specs(
        owner("caen", container(dieppe=READ), shared_containers=second),
        owner("dieppe", container(caen=READ), shared_containers=first),
    )
    report = world.apply(mutual)
    assert "id-dieppe-main" in opened(world, "caen")
    assert "id-caen-main" in opened(world, "dieppe")
    assert [outcome_of(report, f"tenant/{one}").note for one in ("caen", "dieppe")] == [AGAIN, ""]
    assert world.plan(mutual).plan.steps == ()


def test_who_uses_none_has_one_turn(world: SmallWorld) -> None:
    """The owner alone has something to do, once all projects are there."""
    world.apply(specs(owner("caen"), tenant("dieppe")))
    world.engine.calls.clear()
    world.apply(both())
    assert [stack for word, stack in world.engine.calls if word == "build"] == ["caen"]
    assert "id-dieppe-main" in opened(world)


def test_a_user_that_failed_is_waited_for(world: SmallWorld) -> None:
    """The owner stands in each plan until the other's project is there, and says for whom it waits."""
    world.engine.failing["dieppe project:main"] = LATE
    report = world.apply(both())
    assert outcome_of(report, "tenant/caen").note == ""
    assert "id-dieppe" not in opened(world)
    steps = {step.name: step.reason for step in world.plan(both()).plan.steps}
    assert steps["tenant/caen"] == "a container of it waits for dieppe"
    world.engine.failing.clear()
    world.apply(both())
    assert "id-dieppe-main" in opened(world)
    assert world.plan(both()).plan.steps == ()


def test_a_user_that_fails_with_its_project_there_is_let_in(world: SmallWorld) -> None:
    """By the same run: nothing else of it is waited for."""
    world.engine.failing["dieppe network:main/lan"] = LATE
    report = world.apply(both())
    assert outcome_of(report, "tenant/dieppe").status is Status.FAILED
    assert outcome_of(report, "tenant/caen").note == AGAIN
    assert "id-dieppe-main" in opened(world)


def test_a_new_project_of_a_user_that_fails_is_let_in(world: SmallWorld) -> None:
    """Of one that was applied before, too: what the ledger kept from then does not count."""
    world.apply(specs(owner("caen"), tenant("dieppe")))
    world.engine.failing["dieppe network:lab/more"] = LATE
    (lan,) = tenant("dieppe").networks
    more = replace(lan, name="more", project="lab")
    dieppe = user("dieppe", "caen", "lab", projects=(Project(name="lab"),), networks=(lan, more), quota=ROOM)
    report = world.apply(specs(owner("caen", container(dieppe=READ)), dieppe))
    assert outcome_of(report, "tenant/dieppe").status is Status.FAILED
    assert "id-dieppe-lab" in opened(world)


def test_a_project_that_is_another_one_by_now_is_not_let_in_unseen(world: SmallWorld) -> None:
    """What the first turn did counts; the next plan has the other project, for its reviewers."""
    world.apply(both())
    world.program, world.engine.anew = "program-2", {"id-dieppe-main": "id-dieppe-2"}
    told = outcome_of(world.apply(both()), "tenant/caen")
    assert told.status is Status.SKIPPED
    assert told.note == "project main of tenant dieppe is another one than when this was planned; plan again"
    assert "id-dieppe-main" in opened(world)
    report = world.apply(both())
    assert [(one.step, one.status) for one in report.outcomes] == [("tenant/caen", Status.DONE)]
    assert "id-dieppe-2" in opened(world)


def test_a_state_that_cannot_be_read_between_the_turns_is_one_steps_failure(world: SmallWorld) -> None:
    """The run ends with its report, and the next plan has the step again."""
    world.engine.failing["dieppe network:main/lan"] = LATE

    def lock(stack: str, resource: str) -> None:
        if stack == "dieppe":
            world.engine.unread["dieppe"] = TemporaryFailure("the state does not answer")

    world.engine.before = lock
    told = outcome_of(world.apply(both()), "tenant/caen")
    assert (told.status, [one.cause for one in told.failures]) == (Status.FAILED, ["the state does not answer"])
    assert world.journal.events[-1][0] == "end"
    world.engine.before = None
    world.engine.unread.clear()
    world.engine.failing.clear()
    assert not world.apply(both()).failed
    assert "id-dieppe-main" in opened(world)


def test_a_run_that_ends_between_the_turns_is_finished_by_the_next(world: SmallWorld) -> None:
    """The first turn's record does not vouch for what came to be known after it; nothing more was to be reviewed."""
    planned = world.plan(both())

    def pull(stack: str, resource: str) -> None:
        if stack == "dieppe":
            world.stop.set()

    world.engine.before = pull
    report = world.carry_out(planned, Provenance(reviewed=planned.plan.digest))
    told = outcome_of(report, "tenant/caen")
    assert (told.status, told.note) == (Status.WAITING, LEFT)
    assert told.counts["create"] == len(world.engine.held["caen"])
    assert report.failed
    world.restart()
    now = world.plan(both())
    assert [(step.name, step.reason) for step in now.plan.steps] == [("tenant/caen", "its inputs changed")]
    last = world.journal.last()
    remainder = refuse_unless_reviewed(planned.plan, now.plan, last)
    assert remainder is not None
    assert (remainder.done, remainder.left) == (2, 1)
    world.carry_out(now)
    assert "id-dieppe-main" in opened(world)
    assert world.plan(both()).plan.steps == ()


def test_a_second_turn_that_fails_is_the_steps_outcome(world: SmallWorld) -> None:
    """The first one's creations are counted, and the next plan has it again."""

    def fail(stack: str, resource: str) -> None:
        if stack == "dieppe":
            world.engine.failing["caen container:main/scans"] = LATE

    world.engine.before = fail
    told = outcome_of(world.apply(both()), "tenant/caen")
    assert (told.status, told.failures) == (Status.FAILED, (LATE,))
    assert told.counts["create"] == len(world.engine.held["caen"])
    world.engine.failing.clear()
    world.engine.before = None
    world.apply(both())
    assert "id-dieppe-main" in opened(world)


def test_a_plan_that_was_reviewed_holds_while_ids_are_not_known(world: SmallWorld) -> None:
    """They are not known to the second plan either, before anything is carried out."""
    reviewed = world.plan(both()).plan
    assert refuse_unless_reviewed(reviewed, world.plan(both()).plan) is None


def test_who_loses_the_share_is_shut_out(world: SmallWorld) -> None:
    """By the next run, which needs one turn."""
    world.apply(both())
    world.engine.calls.clear()
    world.apply(specs(owner("caen", container()), tenant("dieppe")))
    assert "id-dieppe" not in opened(world)
    assert [stack for word, stack in world.engine.calls if word == "build"] == ["caen"]
