"""The order of tenants' steps: whose network is used is built before who uses it, and goes after."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

from small_region import DAY, region, specs, tenant

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import Decision, LedgerEntry, Versions, tenant_of
from orchestrator.model.recorded_shares import recorded_shares
from orchestrator.model.region import Deletion
from orchestrator.model.sharing import SharedNetwork
from orchestrator.model.tenant import Tenant, TenantState
from orchestrator.planning.decide import Facts, decide

VERSIONS = Versions(program="p", engine="fake", engine_version="1", provider="1")
GONE: dict[str, Any] = {"state": TenantState.RETIRED, "retired_on": DAY - dt.timedelta(days=400)}


def user(name: str, *owners: str, **changes: Any) -> Tenant:
    """Of the network `lan` of each owner."""
    shared = tuple(
        SharedNetwork(tenant=owner, network="lan", agreement="C", name=f"lan-of-{owner}", project=name)
        for owner in owners
    )
    return tenant(name, shared_networks=shared, **changes)


def applied(name: str, **used: list[str]) -> LedgerEntry:
    """A tenant that used these networks, by owner, when it was last applied."""
    outputs = {"shared_networks": used} if used else {}
    return LedgerEntry(step=f"tenant/{name}", digest="d", applied_at="", resources=1, outputs=outputs)


def taken(*tenants: Tenant, ledger: tuple[LedgerEntry, ...] = ()) -> list[Decision]:
    written = replace(specs(*tenants), region=region(deletion=Deletion(budget=100, quarantine_days=0)))
    entries = {one.step: one for one in ledger}
    decisions = decide(
        Facts(
            specs=written,
            ledger=entries,
            stacks=frozenset(),
            ids=KnownIds(),
            versions=VERSIONS,
            today=DAY,
            shares=recorded_shares(written, entries, (), lambda _stack: {}),
        )
    )
    return [one for one in decisions.taken if tenant_of(one.step)]


def names(decisions: list[Decision]) -> list[str]:
    return [tenant_of(one.step) for one in decisions]


def after(decisions: list[Decision]) -> dict[str, set[str]]:
    return {tenant_of(one.step): {tenant_of(step) for step in one.after} for one in decisions if one.after}


def test_tenants_that_share_nothing_have_no_order() -> None:
    """They stand by name, and wait for nobody."""
    found = taken(tenant("caen"), tenant("vire"))
    assert (names(found), after(found)) == (["caen", "vire"], {})


def test_owners_come_first() -> None:
    """However the names stand; through several owners, too."""
    found = taken(user("a", "b"), user("b", "c"), tenant("c"), tenant("d"))
    assert names(found) == ["c", "d", "b", "a"]
    assert after(found) == {"a": {"b"}, "b": {"c"}}


def test_an_owner_that_takes_no_step_is_not_waited_for() -> None:
    """What it has stands in the ledger."""
    first = taken(tenant("owner"), user("user", "owner"))
    digest = next(one.digest for one in first if one.step == "tenant/owner")
    found = taken(tenant("owner"), user("user", "owner"), ledger=(replace(applied("owner"), digest=digest),))
    assert (names(found), after(found)) == (["user"], {})


def test_a_user_that_leaves_goes_before_the_owner() -> None:
    """The owner may delete the network in the same run."""
    found = taken(tenant("owner"), tenant("user"), ledger=(applied("owner"), applied("user", owner=["lan"])))
    assert (names(found), after(found)) == (["user", "owner"], {"owner": {"user"}})


def test_who_retires_goes_before_the_owner_whose_network_it_used() -> None:
    """Both retire in one run: ports before networks."""
    ledger = (applied("owner"), applied("user", owner=["lan"]))
    found = taken(tenant("owner", **GONE), user("user", "owner", **GONE), ledger=ledger)
    assert (names(found), after(found)) == (["user", "owner"], {"owner": {"user"}})


def test_who_leaves_one_network_for_another_of_the_same_owner_waits_for_it() -> None:
    """It cannot be before and after: what the owner cannot delete yet, the next run does."""
    ledger = (applied("owner"), applied("user", owner=["old"]))
    found = taken(tenant("owner"), user("user", "owner"), ledger=ledger)
    assert (names(found), after(found)) == (["owner", "user"], {"user": {"owner"}})


def test_members_that_change_sides_make_no_circle() -> None:
    """The one that used the other's network now lends its own: who uses now waits."""
    ledger = (applied("a", b=["lan"]), applied("b"))
    found = taken(tenant("a"), user("b", "a"), ledger=ledger)
    assert (names(found), after(found)) == (["a", "b"], {"b": {"a"}})


def test_two_that_leave_each_others_networks_make_no_circle() -> None:
    """Records may say what specs may not; the first by name goes first."""
    found = taken(tenant("a"), tenant("b"), ledger=(applied("a", b=["lan"]), applied("b", a=["lan"])))
    assert (names(found), after(found)) == (["a", "b"], {"b": {"a"}})


def test_many_ways_between_two_are_followed_once() -> None:
    """Thirty layers of two owners each, who use both of the next layer: a thousand million ways."""
    layers = [(f"a{number:02}", f"b{number:02}") for number in range(30)]
    tenants = [user(name, *below) for layer, below in itertools.pairwise(layers) for name in layer]
    found = taken(
        *tenants, *map(tenant, layers[-1]), tenant("solo"), ledger=(applied("a00", solo=["lan"]), applied("solo"))
    )
    assert after(found)["a00"] == {"a01", "b01"}
    assert after(found)["solo"] == {"a00"}
