"""A reviewed plan whose apply was cut off: the next one finishes what is left of it, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from power_cut import PowerCutError, cut_power
from small_region import server, specs, tenant
from small_world import SmallWorld

from orchestrator.errors import PolicyRefusal
from orchestrator.flow.as_reviewed import NotReviewed, Remainder, refuse_unless_reviewed
from orchestrator.model.outcome import Failure
from orchestrator.model.plan import Plan
from orchestrator.model.plan_comparison import Standing
from orchestrator.model.provenance import Provenance
from orchestrator.model.specs import Specs

WRITTEN = specs(tenant("caen"), tenant("vire"))


@pytest.fixture
def world() -> SmallWorld:
    return SmallWorld()


def killed_at(world: SmallWorld, where: tuple[str, str]) -> Plan:
    """The plan that was reviewed, and of which an apply died ahead of this resource."""
    planned = world.plan(WRITTEN)
    cut_power(world, *where)
    with pytest.raises(PowerCutError):
        world.carry_out(planned, Provenance(reviewed=planned.plan.digest))
    world.restart()
    return planned.plan


def agreed(world: SmallWorld, reviewed: Plan, now: Specs = WRITTEN) -> Remainder | None:
    return refuse_unless_reviewed(reviewed, world.plan(now).plan, world.journal.last())


def test_a_killed_apply_is_finished_by_the_next_one_with_the_same_plan(world: SmallWorld) -> None:
    """The region is done; caen is half-made; vire is as it was reviewed, but for the region's new ids."""
    reviewed = killed_at(world, ("caen", "quotas:main"))
    now = world.plan(WRITTEN)
    assert now.plan.digest != reviewed.digest
    remainder = refuse_unless_reviewed(reviewed, now.plan, world.journal.last())
    assert remainder is not None
    assert (remainder.done, remainder.left) == (1, 2)
    assert not world.carry_out(now, Provenance(reviewed=reviewed.digest)).failed
    assert world.plan(WRITTEN).plan.steps == ()


def test_it_may_be_killed_again_and_again(world: SmallWorld) -> None:
    """Each run that goes on with the plan vouches for the next one."""
    reviewed = killed_at(world, ("region", "image:debian"))
    for where in (("caen", "quotas:main"), ("vire", "quotas:main")):
        now = world.plan(WRITTEN)
        assert refuse_unless_reviewed(reviewed, now.plan, world.journal.last())
        cut_power(world, *where)
        with pytest.raises(PowerCutError):
            world.carry_out(now, Provenance(reviewed=reviewed.digest))
        world.restart()
    remainder = agreed(world, reviewed)
    assert remainder is not None
    assert (remainder.done, remainder.left) == (2, 1)


def test_steps_that_failed_are_tried_again_with_the_same_plan(world: SmallWorld) -> None:
    """Exit 4 says that the same command may work later: then it must not be refused."""
    planned = world.plan(WRITTEN)
    world.engine.failing["caen quotas:main"] = Failure(resource="quotas", cause="timeout", hint="", temporary=True)
    assert world.carry_out(planned, Provenance(reviewed=planned.plan.digest)).failed
    world.engine.failing.clear()
    remainder = agreed(world, planned.plan)
    assert remainder is not None
    assert (remainder.done, remainder.left) == (2, 1)


def test_a_plan_that_is_done_leaves_nothing(world: SmallWorld) -> None:
    """The job that is started twice has nothing to do, and says so."""
    planned = world.plan(WRITTEN)
    world.carry_out(planned, Provenance(reviewed=planned.plan.digest))
    remainder = agreed(world, planned.plan)
    assert remainder is not None
    assert (remainder.done, remainder.left) == (3, 0)


def test_specs_that_changed_since_are_not_what_was_reviewed(world: SmallWorld) -> None:
    """Another commit was checked out after the kill."""
    reviewed = killed_at(world, ("caen", "quotas:main"))
    more = specs(tenant("caen"), tenant("vire", servers=(server("web"),)))
    with pytest.raises(NotReviewed, match="tenant/vire is to become something else"):
        agreed(world, reviewed, more)


def test_another_run_in_between_ends_it(world: SmallWorld) -> None:
    """What is left of an old plan may undo what the newer one did."""
    reviewed = killed_at(world, ("caen", "quotas:main"))
    world.carry_out(world.plan(specs(tenant("caen"))), Provenance(reviewed="another plan"))
    with pytest.raises(NotReviewed) as caught:
        agreed(world, reviewed)
    assert [(one.step, one.standing) for one in caught.value.comparison.steps] == [
        ("region", Standing.ONLY_REVIEWED),
        ("tenant/caen", Standing.ONLY_REVIEWED),
        ("tenant/vire", Standing.CHANGED),
    ]


def test_a_run_without_this_plan_file_vouches_for_nothing(world: SmallWorld) -> None:
    """Nobody began it: a part of it is another plan."""
    reviewed = world.plan(WRITTEN).plan
    world.apply(specs(tenant("caen")))
    with pytest.raises(NotReviewed, match="not what was reviewed: specs, state or programs changed"):
        agreed(world, reviewed)


def test_an_edited_plan_file_is_no_plan_that_was_begun(world: SmallWorld) -> None:
    """Its steps are held against its digest first."""
    reviewed = killed_at(world, ("caen", "quotas:main"))
    edited = replace(reviewed, steps=(*reviewed.steps, replace(reviewed.steps[-1], name="tenant/rouen")))
    with pytest.raises(PolicyRefusal, match="changed after it was made"):
        agreed(world, edited)
