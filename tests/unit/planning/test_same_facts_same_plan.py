"""Planning is a function of its facts: nothing else may show in a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from small_region import DAY, specs, tenant

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import LedgerEntry, Plan, Versions
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import QuotaRequest, TenantState
from orchestrator.planning.assemble import assemble, step_of
from orchestrator.planning.decide import Decisions, Facts, decide, digest_of
from orchestrator.planning.environment import tenant_environment
from orchestrator.reporting.plan_text import plan_to_text

VERSIONS = Versions(program="1", engine="fake", engine_version="1", provider="1")
NAMES = ("caen", "dieppe", "rouen", "vire")

states = st.sampled_from(
    [
        {},
        {"state": TenantState.SUSPENDED},
        {"state": TenantState.RETIRED, "retired_on": DAY - dt.timedelta(days=60)},
        {"state": TenantState.RETIRED, "retired_on": DAY},
    ]
)
regions = st.dictionaries(st.sampled_from(NAMES), states).map(
    lambda chosen: specs(*(tenant(name, **state) for name, state in chosen.items()))
)
known = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["", "old", "current"]))


def ledger_of(written: Specs, digests: Mapping[str, str]) -> dict[str, LedgerEntry]:
    return {
        f"tenant/{name}": LedgerEntry(
            step=f"tenant/{name}", digest=_digest(written, name, digest), applied_at="", resources=0, outputs={}
        )
        for name, digest in digests.items()
    }


def _digest(written: Specs, name: str, digest: str) -> str:
    if digest != "current" or name not in written.tenants:
        return digest
    return digest_of(tenant_environment(written, name), VERSIONS, KnownIds())


def decisions_of(written: Specs, ledger: Mapping[str, LedgerEntry]) -> Decisions:
    return decide(
        Facts(
            specs=written,
            ledger=ledger,
            stacks=frozenset(),
            ids=KnownIds(),
            versions=VERSIONS,
            today=DAY,
        )
    )


def plan_of(written: Specs, decisions: Decisions) -> Plan:
    return assemble(
        region=written.region,
        inventory="inventory/loire",
        versions=VERSIONS,
        steps=tuple(step_of(decision, ()) for decision in decisions.taken),
        untaken=decisions.untaken,
        findings=(),
        today=DAY,
    )


@settings(max_examples=40, deadline=None)
@given(written=regions, digests=known, data=st.data())
def test_order_of_the_ledger_does_not_show(written: Specs, digests: dict[str, str], data: st.DataObject) -> None:
    """The same facts give the same text and the same digest, however they lay in memory."""
    ledger = ledger_of(written, digests)
    shuffled = dict(data.draw(st.permutations(list(ledger.items()))))
    first, second = (plan_of(written, decisions_of(written, known)) for known in (ledger, shuffled))
    assert plan_to_text(first) == plan_to_text(second)
    assert first.digest == second.digest


@settings(max_examples=40, deadline=None)
@given(written=regions, digests=known)
def test_every_step_is_decided_exactly_once(written: Specs, digests: dict[str, str]) -> None:
    """Region, each tenant of the specs, each tenant of the ledger: taken or not taken, with a reason."""
    ledger = ledger_of(written, digests)
    decisions = decisions_of(written, ledger)
    named = [one.step for one in decisions.taken] + [one.name for one in decisions.untaken]
    assert sorted(named) == sorted({"region", *ledger, *(f"tenant/{name}" for name in written.tenants)})
    assert all(one.reason for one in (*decisions.taken, *decisions.untaken))


@given(order=st.permutations(["servers", "vcpus", "networks"]))
def test_order_of_written_keys_does_not_change_a_digest(order: list[str]) -> None:
    """Sorting a file's keys is no change."""
    digests = {
        digest_of(tenant_environment(specs(tenant("caen", quota=quota)), "caen"), VERSIONS, KnownIds())
        for quota in (
            QuotaRequest(size="s", overrides=dict.fromkeys(order, 3)),
            QuotaRequest(size="s", overrides=dict.fromkeys(sorted(order), 3)),
        )
    }
    assert len(digests) == 1
