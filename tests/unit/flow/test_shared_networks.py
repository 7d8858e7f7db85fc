"""Applying what members share: the owner's step first; who uses what is not there yet is skipped, the others go on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from shared_containers import container
from shared_containers import owner as owner_of
from small_region import DAY, specs, tenant
from small_world import SmallWorld, outcome_of

from orchestrator.model.known_ids import NetworkIds
from orchestrator.model.outcome import Failure, Status
from orchestrator.model.region import Deletion
from orchestrator.model.sharing import SharedNetwork
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState

LAN = SharedNetwork(tenant="owner", network="lan", agreement="C", name="theirs", project="caen")
QUOTA = Failure(resource="network lan", cause="quota exceeded", hint="raise the tenant's quota")
BROKEN = "owner network:main/lan"
SHARED, USER, OWNER = "shared-network:main/theirs", "tenant/caen", "tenant/owner"


@pytest.fixture
def world() -> SmallWorld:
    """With more hands than steps: only order holds them back."""
    return SmallWorld(at_once=8)


def written() -> Specs:
    """`caen` would go first by its name; `vire` has nothing to do with them."""
    return specs(tenant("caen", shared_networks=(LAN,)), tenant("owner"), tenant("vire"))


def test_the_owner_is_built_first_and_its_ids_are_told(world: SmallWorld) -> None:
    """The first apply of all knows no ids when it plans; the next plan is empty."""
    report = world.apply(written())
    assert {one.status for one in report.outcomes} == {Status.DONE}
    assert world.engine.given["caen"].networks == {"owner": {"lan": NetworkIds(network="id-lan", subnet="id-lan")}}
    assert world.engine.given["vire"].networks == {}
    assert world.plan(written()).plan.steps == ()


def test_who_uses_what_a_failed_owner_has_not_made_is_skipped(world: SmallWorld) -> None:
    """The reason names the owner; others go on; the next apply finishes both."""
    world.engine.failing[BROKEN] = QUOTA
    report = world.apply(written())
    assert [(one.step, one.status) for one in report.outcomes] == [
        ("region", Status.DONE),
        (OWNER, Status.FAILED),
        ("tenant/vire", Status.DONE),
        (USER, Status.SKIPPED),
    ]
    assert outcome_of(report, USER).note == "it uses network lan of tenant owner, whose step did not finish"
    assert report.failed
    assert ("build", "caen") not in world.engine.calls
    world.engine.failing.clear()
    assert not world.apply(written()).failed
    assert world.plan(written()).plan.steps == ()


def test_an_owner_that_raises_holds_its_users_back_too(world: SmallWorld) -> None:
    """Whatever went wrong."""

    def trip(stack: str, resource: str) -> None:
        if stack == "owner":
            raise ZeroDivisionError(resource)

    world.engine.before = trip
    assert outcome_of(world.apply(written()), USER).status is Status.SKIPPED


def test_an_owner_that_fails_later_does_not_hold_its_users_back(world: SmallWorld) -> None:
    """The network is there: the ids are known from before."""
    world.apply(written())
    world.engine.failing["owner network:main/more"] = QUOTA
    (lan,) = tenant("owner").networks
    owner = tenant("owner", networks=(lan, replace(lan, name="more")))
    world.program = "program-2"
    report = world.apply(specs(tenant("caen", shared_networks=(LAN,)), owner))
    assert outcome_of(report, OWNER).status is Status.FAILED
    assert outcome_of(report, USER).status is Status.DONE


def test_a_network_is_used_though_its_owner_failed_after_making_it(world: SmallWorld) -> None:
    """What an owner that was applied before has made in this very run is in the state, and not in the ledger."""
    world.apply(specs(tenant("caen"), tenant("owner", networks=())))
    world.engine.failing["owner container:main/scans"] = QUOTA
    report = world.apply(specs(tenant("caen", shared_networks=(LAN,)), owner_of("owner", container())))
    assert outcome_of(report, OWNER).status is Status.FAILED
    assert outcome_of(report, USER).status is Status.DONE
    assert SHARED in world.engine.held["caen"]


def test_who_was_planned_with_another_network_is_held_back(world: SmallWorld) -> None:
    """Nobody saw its servers go to the new one: that is in the next plan, which says so."""
    world.apply(written())
    world.program, world.engine.anew = "program-2", {"id-lan": "id-lan-2"}
    told = outcome_of(world.apply(written()), USER)
    assert told.status is Status.SKIPPED
    assert told.note == "network lan of tenant owner is another one than when this was planned; plan again"
    report = world.apply(written())
    assert [(one.step, one.status) for one in report.outcomes] == [(USER, Status.DONE)]
    assert world.engine.given["caen"].networks["owner"]["lan"].network == "id-lan-2"
    assert world.plan(written()).plan.steps == ()


def test_a_new_network_of_an_owner_that_failed_then_is_not_used_unseen(world: SmallWorld) -> None:
    """Nor the one that the ledger knows from before, which may be gone."""
    world.apply(written())
    world.program, world.engine.anew = "program-2", {"id-lan": "id-lan-2"}
    world.engine.failing["owner container:main/scans"] = QUOTA
    report = world.apply(specs(tenant("caen", shared_networks=(LAN,)), owner_of("owner", container())))
    assert outcome_of(report, USER).status is Status.SKIPPED


def test_a_stopped_run_leaves_the_users_waiting(world: SmallWorld) -> None:
    """Ctrl-C while the owner is under way: the user is not skipped, its turn has not come."""

    def stop(stack: str, _: str) -> None:
        if stack == "owner":
            world.interrupt()

    world.engine.before = stop
    report = world.apply(written())
    assert {outcome_of(report, step).status for step in (OWNER, USER)} == {Status.WAITING}
    world.restart()
    assert not world.apply(written()).failed


def test_a_share_that_is_taken_back_goes_before_the_network(world: SmallWorld) -> None:
    """In one run: the user leaves, then the owner deletes."""
    world.apply(written())
    left: list[str] = []
    world.engine.before = lambda stack, resource: left.append(f"{stack} {resource}")
    report = world.apply(specs(tenant("caen"), tenant("owner", networks=()), tenant("vire")))
    assert not report.failed
    assert left == [f"caen {SHARED}", BROKEN]


def test_all_retire_in_one_run(world: SmallWorld) -> None:
    """Who used the network goes first; nothing is left."""
    world.apply(written())
    order: list[str] = []
    world.engine.before = lambda stack, _: order.append(stack)
    gone = {"state": TenantState.RETIRED, "retired_on": DAY - dt.timedelta(days=1)}
    retired = specs(
        tenant("caen", shared_networks=(LAN,), **gone),
        tenant("owner", **gone),
        deletion=Deletion(budget=100, quarantine_days=0),
    )
    assert not world.apply(retired).failed
    assert sorted(order) == order
    assert world.engine.held.keys() == {"region", "vire"}


def test_a_user_whose_only_apply_failed_is_known_by_its_state(world: SmallWorld) -> None:
    """The ledger has none of its exports: in quarantine its servers' network is told, and then it goes first."""
    user = owner_of("vire", container(), shared_networks=(replace(LAN, project="vire"),))
    world.engine.failing["vire container:main/scans"] = QUOTA
    assert outcome_of(world.apply(specs(user, tenant("owner"))), "tenant/vire").status is Status.FAILED
    assert world.ledger.read()["tenant/vire"].outputs == {}
    world.engine.failing.clear()
    leaves = replace(user, state=TenantState.RETIRED, retired_on=DAY)
    (told,) = (one for one in world.plan(specs(leaves, tenant("owner"))).plan.untaken if one.name == "tenant/vire")
    assert told.reason.endswith("; its servers stay on the network lan of owner")
    missing = world.plan(specs(tenant("owner"))).plan.untaken
    assert [one.reason.partition(" stay ")[2] for one in missing if one.name == "tenant/vire"] == [
        "on the network lan of owner"
    ]
    world.clock.forward(days=30)
    order: list[str] = []
    world.engine.before = lambda stack, _: order.append(stack)
    assert not world.apply(specs(leaves, tenant("owner", state=TenantState.RETIRED, retired_on=DAY))).failed
    assert order == sorted(order, reverse=True)
    assert world.engine.held.keys() == {"region"}
