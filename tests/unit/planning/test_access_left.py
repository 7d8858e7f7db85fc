"""Access that both sides ended does not go on because one of them is retired or gone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from shared_containers import container, owner, user
from small_region import DAY, specs, tenant

from orchestrator.model.environment import Closing, TenantEnvironment
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import Decision, LedgerEntry, StepAction, Untaken, Versions
from orchestrator.model.sharing import ContainerAccess
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState
from orchestrator.planning.decide import Facts, decide, digest_of
from orchestrator.planning.environment import tenant_environment

STEP = "tenant/caen"
VERSIONS = Versions(program="1", engine="fake", engine_version="1", provider="1")
RETIRED = {"state": TenantState.RETIRED, "retired_on": DAY}
QUARANTINE = "retired on 2026-03-02; in quarantine until 2026-04-01"
OPEN = {"opened_containers": {"scans": {"dieppe/main": "read"}}}
CLOSED: dict[str, Any] = {"opened_containers": {}}
AT_THE_END = DAY + dt.timedelta(days=30)


def verdict(
    written: Specs, outputs: dict[str, Any], *, digest: str = "some", today: dt.date = DAY
) -> Decision | Untaken:
    """What becomes of caen's step."""
    entry = LedgerEntry(step=STEP, digest=digest, applied_at="", resources=1, outputs=outputs)
    decisions = decide(
        Facts(
            specs=written,
            ledger={STEP: entry},
            stacks=frozenset({"caen"}),
            ids=KnownIds(),
            versions=VERSIONS,
            today=today,
        )
    )
    taken = [one for one in decisions.taken if one.step == STEP]
    return taken[0] if taken else next(one for one in decisions.untaken if one.name == STEP)


def left(*names: str) -> Specs:
    """Caen is retired, and shares its containers with nobody any more."""
    return specs(owner("caen", *map(container, names), **RETIRED), tenant("dieppe"))


def closing_of(found: Decision | Untaken) -> Closing:
    assert isinstance(found, Decision)
    assert isinstance(found.environment, TenantEnvironment)
    assert found.environment.closing is not None
    return found.environment.closing


def test_a_share_that_ended_is_taken_back_in_quarantine() -> None:
    """The step touches that container alone: what is retired waits, what others may does not."""
    found = verdict(left("plans", "scans"), OPEN)
    assert isinstance(found, Decision)
    assert found.action is StepAction.BUILD
    assert found.reason == f"{QUARANTINE}; only the access of others to its containers is set right"
    assert closing_of(found).containers == ("scans",)


def test_once_it_is_closed_nothing_is_left_to_do() -> None:
    """What the step recorded says so."""
    assert verdict(left("plans", "scans"), CLOSED) == Untaken(name=STEP, reason=QUARANTINE)


@pytest.mark.parametrize(("outputs", "digest"), [(CLOSED, ""), ({}, "some")])
def test_what_nobody_vouches_for_may_be_open(outputs: dict[str, Any], digest: str) -> None:
    """The last apply did not finish, or was made by a program that did not tell: all its containers are looked at."""
    assert closing_of(verdict(left("plans", "scans"), outputs, digest=digest)).containers == ("plans", "scans")
    assert isinstance(verdict(left(), outputs, digest=digest), Untaken)


def test_a_share_that_both_sides_keep_stays() -> None:
    """Where a waiver lets an owner retire although others use its container."""
    shared = container(dieppe=ContainerAccess.READ)
    assert isinstance(verdict(specs(owner("caen", shared, **RETIRED), user("dieppe", "caen")), OPEN), Untaken)


def test_what_the_step_records_keeps_what_it_does_not_touch() -> None:
    """Networks that its servers stand on, and containers that its file does not name any more."""
    outputs = {"opened_containers": {**OPEN["opened_containers"], "maps": {"vire/main": "write"}},
               "shared_networks": {"vire": ["lan"]}}  # fmt: skip
    found = verdict(left("scans"), outputs)
    assert isinstance(found, Decision)
    assert isinstance(found.environment, TenantEnvironment)
    assert found.environment.opened_containers == {"maps": {"vire/main": "write"}}
    assert found.environment.used_networks == {"vire": ("lan",)}
    assert found.digest != verdict_of_everything(left("scans"))


def verdict_of_everything(written: Specs) -> str:
    """The digest of the same tenant's whole environment, were it active."""
    return digest_of(tenant_environment(written, "caen"), VERSIONS, KnownIds())


def test_a_deletion_that_is_due_comes_first() -> None:
    """It closes what it deletes; only one that did not finish leaves containers that hold objects, and open."""
    due = verdict(left("scans"), OPEN, today=AT_THE_END)
    assert isinstance(due, Decision)
    assert due.action is StepAction.RETIRE
    assert closing_of(verdict(left("scans"), OPEN, digest="", today=AT_THE_END)).containers == ("scans",)
    again = verdict(left("scans"), CLOSED, digest="", today=AT_THE_END)
    assert isinstance(again, Decision)
    assert again.action is StepAction.RETIRE


def test_a_container_that_the_file_does_not_name_is_told() -> None:
    """Nothing is known of it that its access lists could be written with."""
    assert verdict(left("plans"), OPEN) == Untaken(
        name=STEP, reason=f"{QUARANTINE}; its container scans stays open for dieppe until its file names it again"
    )


def test_networks_that_servers_of_a_retired_tenant_stand_on_are_told() -> None:
    """They are left on the day on which its servers go."""
    written = specs(tenant("caen", **RETIRED), tenant("dieppe"))
    one = verdict(written, {**CLOSED, "shared_networks": {"dieppe": ["lan"]}})
    assert one == Untaken(name=STEP, reason=f"{QUARANTINE}; its servers stay on the network lan of dieppe")
    two = verdict(written, {**CLOSED, "shared_networks": {"vire": ["b"], "dieppe": ["lan"]}})
    assert two == Untaken(name=STEP, reason=f"{QUARANTINE}; its servers stay on the networks lan of dieppe, b of vire")


def test_what_a_missing_file_leaves_open_is_told() -> None:
    """Nobody can end it but by bringing the file back."""
    found = verdict(specs(tenant("dieppe")), {**OPEN, "shared_networks": {"dieppe": ["lan"]}})
    assert isinstance(found, Untaken)
    assert found.reason == (
        "its file is missing, which deletes nothing; bring the file back, or say `state: retired` in it; "
        "its servers stay on the network lan of dieppe; its container scans stays open for dieppe until its file names "
        "it again"
    )
