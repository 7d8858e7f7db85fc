"""Plans say what goes on across tenants though both sides ended it: of who is retired, and of who has no file."""

from __future__ import annotations

from typing import Any

import pytest
from shared_containers import container, owner
from small_region import DAY, specs, tenant

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import LedgerEntry, Versions
from orchestrator.model.recorded_shares import recorded_shares
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import TenantState
from orchestrator.planning.decide import Facts, decide

STEP = "tenant/caen"
VERSIONS = Versions(program="1", engine="fake", engine_version="1", provider="1")
RETIRED: dict[str, Any] = {"state": TenantState.RETIRED, "retired_on": DAY}
QUARANTINE = "retired on 2026-03-02; in quarantine until 2026-04-01"
MISSING = "its file is missing, which deletes nothing; bring the file back, or say `state: retired` in it"
OPEN: dict[str, Any] = {"opened_containers": {"scans": {"dieppe/main": "read", "dieppe/maps": "write"}}}


def reason(written: Specs, outputs: dict[str, Any], state: dict[str, Any], digest: str) -> str:
    """Why caen's step is not taken."""
    ledger = {STEP: LedgerEntry(step=STEP, digest=digest, applied_at="", resources=1, outputs=outputs)}
    stacks = frozenset({"caen"})
    shares = recorded_shares(written, ledger, stacks, lambda stack: {"caen": state}[stack])
    decisions = decide(
        Facts(
            specs=written,
            ledger=ledger,
            stacks=stacks,
            ids=KnownIds(),
            versions=VERSIONS,
            today=DAY,
            shares=shares,
        )
    )
    assert not [one for one in decisions.taken if one.step == STEP]
    return next(one for one in decisions.untaken if one.name == STEP).reason


def retired() -> Specs:
    return specs(owner("caen", container(), **RETIRED), tenant("dieppe"))


@pytest.mark.parametrize(
    ("used", "told"),
    [
        ({"dieppe": ["lan"]}, "; its servers stay on the network lan of dieppe"),
        ({"vire": ["b"], "dieppe": ["lan"]}, "; its servers stay on the networks lan of dieppe, b of vire"),
        ({"dieppe": []}, ""),
    ],
)
@pytest.mark.parametrize(
    ("written", "why"), [(retired(), QUARANTINE), (specs(tenant("dieppe")), MISSING)], ids=["retired", "missing"]
)
def test_networks_that_servers_stay_on_are_told(
    written: Specs, why: str, used: dict[str, list[str]], told: str
) -> None:
    """They are left on the day on which the servers go, whatever the network's owner says of it by now."""
    assert reason(written, {"shared_networks": used}, {}, "some") == f"{why}{told}"


@pytest.mark.parametrize(("kept", "digest"), [({}, ""), ({}, "some"), ({"shared_networks": {}}, "")])
def test_what_the_ledger_does_not_vouch_for_is_told_by_the_state(kept: dict[str, Any], digest: str) -> None:
    """Its entry is lost or unreadable, or the last apply did not finish."""
    state = {"shared_networks": {"dieppe": ["lan"]}}
    assert reason(retired(), kept, state, digest) == f"{QUARANTINE}; its servers stay on the network lan of dieppe"


def test_what_a_missing_file_leaves_open_is_told() -> None:
    """A retired one's is refused by a rule; without a file there is no document that a rule could speak of."""
    told = "; its container scans stays open for dieppe until its file ends the share"
    assert reason(specs(tenant("dieppe")), OPEN, {}, "some") == f"{MISSING}{told}"
    assert reason(retired(), OPEN, {}, "some") == QUARANTINE
