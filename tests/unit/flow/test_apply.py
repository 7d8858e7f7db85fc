"""Applying: each step is carried out and recorded; one that breaks leaves the others alone."""

from __future__ import annotations

import errno

import pytest
from small_region import DAY, server, specs, tenant
from small_world import SmallWorld, outcome_of

from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.model.outcome import Failure, Status
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.region import Deletion
from orchestrator.model.tenant import TenantState

QUOTA = Failure(resource="network lan", cause="quota exceeded", hint="raise the tenant's quota")


@pytest.fixture
def world() -> SmallWorld:
    return SmallWorld()


def statuses(world: SmallWorld) -> dict[str, Status]:
    report = world.journal.last()
    assert report is not None
    return {outcome.step: outcome.status for outcome in report.outcomes}


def test_every_declared_object_is_made(world: SmallWorld) -> None:
    """Region and tenants; the report counts what was done."""
    report = world.apply(specs(tenant("caen", servers=(server("web"),))))
    assert not report.failed
    assert set(world.engine.held["caen"]) >= {"project:main", "quotas:main", "network:main/lan", "server:main/web"}
    assert outcome_of(report, "tenant/caen").counts == {"create": len(world.engine.held["caen"])}


def test_applying_twice_does_nothing_the_second_time(world: SmallWorld) -> None:
    """No program runs, no record changes."""
    written = specs(tenant("caen"))
    world.apply(written)
    world.engine.calls.clear()
    before = len(world.ledger.history)
    report = world.apply(written)
    assert (report.outcomes, report.untaken) == ((), 2)
    assert world.engine.calls == []
    assert len(world.ledger.history) == before


def test_failing_tenant_leaves_the_others_done(world: SmallWorld) -> None:
    """Its failure names resource, cause and what to do; it is planned again, the others are not."""
    written = specs(tenant("caen"), tenant("dieppe"), tenant("vire"))
    world.engine.failing["dieppe network:main/lan"] = QUOTA
    report = world.apply(written)
    assert statuses(world) == {
        "region": Status.DONE,
        "tenant/caen": Status.DONE,
        "tenant/dieppe": Status.FAILED,
        "tenant/vire": Status.DONE,
    }
    assert report.failed
    assert outcome_of(report, "tenant/dieppe").failures == (QUOTA,)
    assert [step.name for step in world.plan(written).plan.steps] == ["tenant/dieppe"]


def test_failed_tenant_is_finished_by_the_next_apply(world: SmallWorld) -> None:
    """Only what is missing is made."""
    written = specs(tenant("caen"))
    world.engine.failing["caen network:main/lan"] = QUOTA
    world.apply(written)
    world.engine.failing.clear()
    report = world.apply(written)
    assert outcome_of(report, "tenant/caen").counts == {"create": 1}
    assert world.plan(written).plan.steps == ()


@pytest.mark.parametrize(
    ("error", "temporary"),
    [(TemporaryFailure("no answer", hint="try later"), True), (PermanentFailure("no", hint="mend it"), False)],
)
def test_engine_that_raises_is_an_outcome(world: SmallWorld, error: PermanentFailure, temporary: bool) -> None:  # noqa: FBT001 parametrised
    """The failure keeps the words, the hint, and whether trying again helps."""
    world.engine.broken["caen"] = error
    report = world.apply(specs(tenant("caen"), tenant("vire")))
    (failure,) = outcome_of(report, "tenant/caen").failures
    assert (failure.cause, failure.hint, failure.temporary) == (str(error), error.hint, temporary)
    assert report.only_temporary is temporary
    assert outcome_of(report, "tenant/vire").status is Status.DONE


def test_unforeseen_error_of_one_step_is_an_outcome_too(world: SmallWorld) -> None:
    """Even a bug in one tenant's step must not stop the other tenants, nor lose the report."""

    def trip(stack: str, resource: str) -> None:
        if stack == "caen":
            raise ZeroDivisionError("division by zero")

    world.engine.before = trip
    report = world.apply(specs(tenant("caen"), tenant("vire")))
    (failure,) = outcome_of(report, "tenant/caen").failures
    assert "ZeroDivisionError: division by zero" in failure.cause
    assert outcome_of(report, "tenant/vire").status is Status.DONE
    assert world.journal.last() == report


def test_full_disk_under_the_ledger_is_an_outcome(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step that cannot be recorded says which file; trying again may help."""
    record = world.ledger.record

    def full(entry: LedgerEntry) -> None:
        if entry.step == "tenant/caen":
            raise OSError(errno.ENOSPC, "No space left on device", "/ledger/tenant.caen.json")
        record(entry)

    monkeypatch.setattr(world.ledger, "record", full)
    report = world.apply(specs(tenant("caen"), tenant("vire")))
    (failure,) = outcome_of(report, "tenant/caen").failures
    assert failure.cause == "No space left on device: /ledger/tenant.caen.json"
    assert report.only_temporary
    assert ("build", "caen") not in world.engine.calls


def test_failing_region_holds_the_tenants_back(world: SmallWorld) -> None:
    """Their stacks use what the region's makes: they are skipped, and nothing is recorded of them."""
    world.engine.failing["region image:debian"] = QUOTA
    world.apply(specs(tenant("caen"), tenant("vire")))
    assert statuses(world) == {"region": Status.FAILED, "tenant/caen": Status.SKIPPED, "tenant/vire": Status.SKIPPED}
    assert set(world.engine.held) == {"region"}
    assert set(world.ledger.read()) == {"region"}


def test_region_with_nothing_to_do_does_not_hold_the_tenants_back(world: SmallWorld) -> None:
    """A tenant added to an applied region is the only step."""
    world.apply(specs(tenant("caen")))
    report = world.apply(specs(tenant("caen"), tenant("vire")))
    assert [outcome.step for outcome in report.outcomes] == ["tenant/vire"]


def test_tenants_are_built_with_what_the_region_made(world: SmallWorld) -> None:
    """The first apply of all knows no ids when it plans; it has them when the tenants' turn comes."""
    written = specs(tenant("caen"))
    world.apply(written)
    assert world.ledger.read()["region"].outputs["external_networks"] == {"public": "id-public"}
    assert world.plan(written).plan.steps == ()


def test_due_retirement_leaves_nothing(world: SmallWorld) -> None:
    """Neither stack nor entry, and the next plan says that nothing is left."""
    world.apply(specs(tenant("caen")))
    held = len(world.engine.held["caen"])
    retired = specs(
        tenant("caen", state=TenantState.RETIRED, retired_on=DAY), deletion=Deletion(budget=100, quarantine_days=0)
    )
    report = world.apply(retired)
    assert outcome_of(report, "tenant/caen").counts == {"delete": held}
    assert "caen" not in world.engine.held
    assert "tenant/caen" not in world.ledger.read()
    assert (
        "nothing of it is left"
        in {untaken.name: untaken.reason for untaken in world.plan(retired).plan.untaken}["tenant/caen"]
    )


def test_failing_retirement_is_tried_again(world: SmallWorld) -> None:
    """As long as something is left, the ledger and the plan know of it."""
    world.apply(specs(tenant("caen")))
    retired = specs(
        tenant("caen", state=TenantState.RETIRED, retired_on=DAY), deletion=Deletion(budget=100, quarantine_days=0)
    )
    world.engine.failing["caen network:main/lan"] = QUOTA
    world.apply(retired)
    assert statuses(world) == {"tenant/caen": Status.FAILED}
    world.engine.failing.clear()
    assert not world.apply(retired).failed
    assert world.engine.held.keys() == {"region"}


def test_many_tenants_side_by_side_are_all_recorded(world: SmallWorld) -> None:
    """Steps at once do not lose each other's records."""
    world.at_once = 8
    written = specs(*(tenant(f"t{number:02}") for number in range(30)))
    report = world.apply(written)
    assert len(report.outcomes) == len(world.progress.outcomes) == 31
    assert world.plan(written).plan.steps == ()
