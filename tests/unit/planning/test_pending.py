"""How many steps are pending, by reason, from specs and ledger alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from small_hosts import control, host, installed
from small_region import DAY, specs, tenant

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import LedgerEntry, Versions
from orchestrator.model.records import Pending
from orchestrator.model.tenant import TenantState
from orchestrator.planning.decide import digest_of
from orchestrator.planning.environment import region_environment, tenant_environment
from orchestrator.planning.pending import pending

VERSIONS = Versions(program="1", engine="fake", engine_version="1", provider="1")


def entry(step: str, digest: str, problem: str = "") -> LedgerEntry:
    return LedgerEntry(step=step, digest=digest, applied_at="", resources=1, outputs={}, problem=problem)


def test_each_reason_is_counted() -> None:
    """One tenant a reason; the region and one more tenant are as they were applied."""
    gone = tenant("gone", state=TenantState.RETIRED, retired_on=DAY - dt.timedelta(days=400))
    names = ("broken", "changed", "fresh", "half", "same")
    written = specs(*(tenant(name) for name in names), gone)
    same = digest_of(tenant_environment(written, "same"), VERSIONS, KnownIds())
    whole = digest_of(region_environment(written), VERSIONS, KnownIds())
    entries = (
        entry("region", whole),
        entry("tenant/broken", "", "it is rubbish"),
        entry("tenant/changed", "another"),
        entry("tenant/gone", "x"),
        entry("tenant/half", ""),
        entry("tenant/same", same),
        entry("tenant/nobody-knows", "x"),
    )
    found = pending(written, {one.step: one for one in entries}, VERSIONS, DAY)
    assert found == dict.fromkeys(Pending, 1)


def test_everything_applied_leaves_every_reason_at_none() -> None:
    """0, not absent; ids of the region count as the ledger has them."""
    written = specs(tenant("caen"))
    exports = {"deployer": "u1"}
    outputs = KnownIds.of(exports)
    region = replace(entry("region", digest_of(region_environment(written), VERSIONS, outputs)), outputs=exports)
    caen = entry("tenant/caen", digest_of(tenant_environment(written, "caen"), VERSIONS, outputs))
    assert pending(written, {one.step: one for one in (region, caen)}, VERSIONS, DAY) == dict.fromkeys(Pending, 0)


def test_hosts_are_counted_where_it_is_known_what_sets_them_up() -> None:
    """Both are new in the ledger's eyes; without roles at hand nothing is said of hosts."""
    written = installed(control("c1", 1), host("h1", 11))
    assert pending(written, {}, VERSIONS, DAY, roles="roles-1")[Pending.NEW] == 3
    assert pending(written, {}, VERSIONS, DAY)[Pending.NEW] == 1
