"""Which steps are taken, which are not, and why."""

from __future__ import annotations

import datetime as dt

import pytest
from small_region import DAY, specs, tenant

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import LedgerEntry, StepAction, Versions
from orchestrator.model.region import Deletion
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState
from orchestrator.planning.decide import Decisions, Facts, decide, digest_of
from orchestrator.planning.environment import tenant_environment

VERSIONS = Versions(program="1", engine="fake", engine_version="1", provider="1")
RETIRED = {"state": TenantState.RETIRED, "retired_on": DAY}


def entry(step: str, digest: str) -> LedgerEntry:
    return LedgerEntry(step=step, digest=digest, applied_at="2026-03-01T00:00:00+00:00", resources=1, outputs={})


def decided(written: Specs, *ledger: LedgerEntry, today: dt.date = DAY, stacks: tuple[str, ...] = ()) -> Decisions:
    return decide(
        Facts(
            specs=written,
            ledger={one.step: one for one in ledger},
            stacks=frozenset(stacks),
            ids=KnownIds(),
            versions=VERSIONS,
            today=today,
        )
    )


def reason(decisions: Decisions, step: str) -> str:
    taken = {decision.step: decision.reason for decision in decisions.taken}
    return taken.get(step) or {untaken.name: untaken.reason for untaken in decisions.untaken}[step]


def test_region_comes_first_then_tenants_by_name() -> None:
    """Tenants' stacks use what the region's stack makes."""
    taken = decided(specs(tenant("vire"), tenant("caen"))).taken
    assert [decision.step for decision in taken] == ["region", "tenant/caen", "tenant/vire"]


def test_tenant_with_the_digest_of_the_ledger_is_untaken() -> None:
    """Only what changed is looked at."""
    written = specs(tenant("caen"), tenant("vire"))
    digest = digest_of(tenant_environment(written, "caen"), VERSIONS, KnownIds())
    decisions = decided(written, entry("tenant/caen", digest))
    assert [decision.step for decision in decisions.taken] == ["region", "tenant/vire"]
    assert reason(decisions, "tenant/caen") == "unchanged since it was last applied"


@pytest.mark.parametrize(
    ("digest", "why"),
    [("another", "its inputs changed"), ("", "its last apply did not finish")],
)
def test_reason_says_what_the_ledger_knows(digest: str, why: str) -> None:
    """An entry without a digest vouches for nothing: the step was begun and not finished."""
    assert reason(decided(specs(tenant("caen")), entry("tenant/caen", digest)), "tenant/caen") == why


def test_tenant_never_applied_says_so() -> None:
    """A step that the ledger does not know is new."""
    assert reason(decided(specs(tenant("caen"))), "tenant/caen") == "never applied"


def test_missing_file_deletes_nothing() -> None:
    """A tenant of the ledger without a spec is not taken, and says what to do."""
    decisions = decided(specs(), entry("tenant/caen", "some"), stacks=("caen",))
    assert [decision.step for decision in decisions.taken] == ["region"]
    assert "its file is missing, which deletes nothing" in reason(decisions, "tenant/caen")


@pytest.mark.parametrize(
    ("days", "action"),
    [(0, None), (29, None), (30, StepAction.RETIRE), (400, StepAction.RETIRE)],
)
def test_retired_tenant_waits_for_the_end_of_its_quarantine(days: int, action: StepAction | None) -> None:
    """Quarantine counts from the day of retirement; its last day still protects."""
    written = specs(tenant("caen", **RETIRED))
    decisions = decided(written, entry("tenant/caen", "some"), today=DAY + dt.timedelta(days=days))
    actions = {decision.step: decision.action for decision in decisions.taken}
    assert actions.get("tenant/caen") is action


def test_quarantine_names_its_end() -> None:
    """Whoever reads the plan sees from which day on deletion is due."""
    decisions = decided(specs(tenant("caen", **RETIRED)), entry("tenant/caen", "some"))
    assert reason(decisions, "tenant/caen") == "retired on 2026-03-02; in quarantine until 2026-04-01"


def test_retirement_without_a_day_counts_from_today() -> None:
    """A forgotten date must not shorten the quarantine to nothing."""
    written = specs(tenant("caen", state=TenantState.RETIRED))
    assert "in quarantine" in reason(decided(written, entry("tenant/caen", "some")), "tenant/caen")


def test_retired_tenant_of_which_nothing_is_left_is_done() -> None:
    """Neither ledger nor state knows it."""
    assert reason(decided(specs(tenant("caen", **RETIRED))), "tenant/caen") == "retired, and nothing of it is left"


def test_retired_tenant_that_only_the_state_knows_is_retired() -> None:
    """A lost ledger does not make an orphan of a stack."""
    written = specs(tenant("caen", **RETIRED), deletion=Deletion(budget=9, quarantine_days=0))
    (_, decision) = decided(written, stacks=("caen",)).taken
    assert (decision.step, decision.action, decision.environment) == ("tenant/caen", StepAction.RETIRE, None)
