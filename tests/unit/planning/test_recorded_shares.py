"""What tenants shared when they were last applied is known as well as ledger and state know it, and no less."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from small_region import DAY, specs, tenant

from orchestrator.model.plan import LedgerEntry, tenant_step
from orchestrator.model.recorded_shares import RecordedShares, recorded_shares
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState

OPEN: dict[str, Any] = {"opened_containers": {"scans": {"dieppe/main": "read", "dieppe/maps": "write"}}}
USES: dict[str, Any] = {"shared_networks": {"vire": ["b", "lan"]}, "opened_containers": {}}
OPENED = RecordedShares(opened={"scans": frozenset({"dieppe"})})
USED = RecordedShares(used={"vire": frozenset({"b", "lan"})})
BOTH = RecordedShares(opened=OPENED.opened, used=USED.used)


def caen(state: TenantState) -> Specs:
    return specs(tenant("caen", state=state, retired_on=DAY if state is TenantState.RETIRED else None))


RETIRED, ACTIVE, MISSING = caen(TenantState.RETIRED), caen(TenantState.ACTIVE), specs()


def known(
    written: Specs, entry: tuple[str, dict[str, Any]] | None, state: dict[str, Any] | None
) -> RecordedShares | None:
    """Of caen. `entry`: its digest and outputs; `state`: None: it has no such stack."""
    step = tenant_step("caen")
    ledger: dict[str, LedgerEntry] = {}
    if entry:
        digest, outputs = entry
        ledger[step] = LedgerEntry(step=step, digest=digest, applied_at="", resources=1, outputs=outputs)

    def asked(stack: str) -> Mapping[str, Any]:
        assert stack == "caen"
        assert state is not None
        return state

    return recorded_shares(written, ledger, () if state is None else ("caen",), asked).get(step)


def test_a_whole_apply_is_told_by_the_ledger() -> None:
    """The state is not asked: that takes time at each plan."""
    for written in (RETIRED, MISSING, ACTIVE):
        assert known(written, ("d", OPEN), USES) == OPENED


def test_without_one_the_state_is_asked_as_well() -> None:
    """The last apply did not finish: what was before may still be, what was tried may be already."""
    for written in (RETIRED, MISSING):
        assert known(written, ("", OPEN), USES) == BOTH
        assert known(written, ("", {}), USES) == USED
    assert known(RETIRED, None, OPEN) == OPENED
    assert known(MISSING, None, OPEN) is None


def test_of_who_goes_on_the_next_apply_tells() -> None:
    """Its stack is looked at anyway."""
    assert known(ACTIVE, ("", OPEN), USES) == OPENED


def test_what_has_no_stack_any_more_shares_nothing() -> None:
    """It was deleted, and the run ended before the ledger was told."""
    assert known(RETIRED, ("", OPEN), None) == RecordedShares()
    assert known(RETIRED, ("d", OPEN), None) == OPENED
