"""Which hosts a plan sets up, why, and which it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from ipaddress import IPv4Interface

import pytest
from small_hosts import control, host, installed

from orchestrator.model.interface import Interface, InterfaceUse
from orchestrator.model.plan import Decision, LedgerEntry, StepAction, StepKind, Untaken
from orchestrator.model.site import HardeningLevel
from orchestrator.model.specs import Specs
from orchestrator.planning.host_steps import HostFacts, cloud_absent, host_verdicts
from orchestrator.planning.hosts.inventory import host_inventory

WRITTEN = installed(control("c1", 1), host("h1", 11), host("h2", 12))


def facts(specs: Specs = WRITTEN, *, version: str = "roles-1", stacks: bool = False) -> HostFacts:
    assert specs.region.installation
    rolling = specs.region.installation.rolling
    return HostFacts(inventory=host_inventory(specs), version=version, rolling=rolling, stacks=stacks)


def verdicts(given: HostFacts, ledger: Mapping[str, LedgerEntry]) -> dict[str, str]:
    """Step -> why it is taken, or why it is not."""
    found = host_verdicts(given, ledger)
    return {one.step if isinstance(one, Decision) else one.name: one.reason for one in found}


def applied(given: HostFacts) -> dict[str, LedgerEntry]:
    """The ledger after everything was set up."""
    return {
        one.step: LedgerEntry(
            step=one.step, digest=one.digest, applied_at="2026-01-01", resources=0, outputs={}, inputs=one.inputs
        )
        for one in host_verdicts(given, {})
        if isinstance(one, Decision)
    }


def changed(**hosts: object) -> Specs:
    """The region with these hosts otherwise."""
    return replace(WRITTEN, hosts={**WRITTEN.hosts, **hosts})


def test_every_host_of_a_new_region_is_set_up() -> None:
    """Control host first, alone; the others in one batch."""
    taken = host_verdicts(facts(), {})
    assert [(one.step, one.batch) for one in taken if isinstance(one, Decision)] == [
        ("host/c1", 1),
        ("host/h1", 2),
        ("host/h2", 2),
    ]
    assert {(one.kind, one.action, one.reason) for one in taken if isinstance(one, Decision)} == {
        (StepKind.HOST, StepAction.INSTALL, "never applied")
    }


def test_what_was_applied_is_left_alone() -> None:
    """As long as nothing that concerns it is otherwise."""
    found = host_verdicts(facts(), applied(facts()))
    assert all(isinstance(one, Untaken) for one in found)
    assert {one.reason for one in found} == {"unchanged since it was last applied"}


def test_a_host_of_another_spec_is_set_up_and_says_what_changed() -> None:
    """It alone: the others do not care for its hardening."""
    found = verdicts(facts(changed(h1=host("h1", 11, hardening=HardeningLevel.HIGH))), applied(facts()))
    assert found == {
        "host/h1": "its inputs changed: groups, hardening",
        "host/c1": "unchanged since it was last applied",
        "host/h2": "unchanged since it was last applied",
    }


def test_a_new_host_concerns_all_that_know_it_by_name() -> None:
    """Its name and address stand in everybody's /etc/hosts; the reason says so."""
    found = verdicts(facts(changed(h3=host("h3", 13))), applied(facts()))
    assert found["host/h3"] == "never applied"
    assert {found[f"host/{name}"] for name in ("c1", "h1", "h2")} == {"its inputs changed: other hosts (h3 is new)"}


def test_a_host_that_left_or_moved_concerns_the_others() -> None:
    """Gone, and at another address."""
    rest = {name: one for name, one in WRITTEN.hosts.items() if name != "h2"}
    moved = Interface(name="eno1", addresses=(IPv4Interface("198.51.100.99/24"),), uses=(InterfaceUse.MANAGEMENT,))
    found = verdicts(facts(replace(WRITTEN, hosts=rest)), applied(facts()))
    assert found["host/c1"] == "its inputs changed: other hosts (h2 is gone)"
    found = verdicts(facts(changed(h2=host("h2", 12, interfaces=(moved,)))), applied(facts()))
    assert found["host/c1"] == "its inputs changed: other hosts (h2 changed)"


def test_a_setting_of_the_region_and_another_version_of_the_roles_concern_every_host() -> None:
    """Both are named."""
    assert WRITTEN.region.installation
    other = replace(WRITTEN.region.installation, timezone="Europe/Paris")
    found = verdicts(facts(replace(WRITTEN, region=replace(WRITTEN.region, installation=other)), version="roles-2"),
                     applied(facts()))  # fmt: skip
    assert set(found.values()) == {"its inputs changed: the region's timezone; roles or playbooks"}


def test_a_long_list_of_changes_is_cut() -> None:
    """Twenty new hosts are not twenty names."""
    many = {f"n{number:02}": host(f"n{number:02}", 20 + number) for number in range(20)}
    reason = verdicts(facts(changed(**many)), applied(facts()))["host/c1"]
    assert reason == "its inputs changed: other hosts (n00 is new, n01 is new, n02 is new, n03 is new, 16 more)"


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"digest": ""}, "its last apply did not finish"),
        ({"digest": "another", "inputs": {}}, "its inputs changed"),
        ({"problem": "FILE is broken"}, "FILE is broken; applying it records it anew"),
    ],
    ids=["unfinished", "of an older version", "unreadable"],
)
def test_a_record_that_does_not_vouch_is_a_reason(spoilt: dict[str, object], reason: str) -> None:
    """The host is set up again, which changes what is not as it should be, and no more."""
    ledger = applied(facts())
    ledger["host/h1"] = LedgerEntry(**{"step": "host/h1", "digest": ledger["host/h1"].digest, "applied_at": "",
                                       "resources": 0, "outputs": {}, **spoilt})  # type: ignore[arg-type] # fmt: skip
    assert verdicts(facts(), ledger)["host/h1"] == reason


def test_a_host_that_is_due_is_set_up_though_its_specs_are_the_same() -> None:
    """With the reason that was given for it."""
    given = replace(facts(), due={"h1": "its certificate ends on 2026-05-01"})
    assert verdicts(given, applied(facts()))["host/h1"] == "its certificate ends on 2026-05-01"


def turns(given: HostFacts, ledger: Mapping[str, LedgerEntry]) -> list[int]:
    return [one.batch for one in host_verdicts(given, ledger) if isinstance(one, Decision)]


def test_hosts_that_may_carry_servers_take_turns() -> None:
    """Those of a running region, those whose last apply was cut off, and all of them where the ledger was lost."""
    again = {step: replace(entry, digest="") for step, entry in applied(facts()).items()}
    assert turns(facts(stacks=True), again) == [1, 2, 3]
    assert turns(facts(stacks=True), {}) == [1, 2, 3]


def test_a_first_apply_that_was_cut_off_goes_on_with_all_at_once() -> None:
    """Before there is a cloud nothing can be on a host."""
    begun = {step: replace(entry, digest="", applied_at="") for step, entry in applied(facts()).items()}
    assert turns(facts(), begun) == [1, 2, 2]


def test_there_is_no_cloud_until_a_control_host_was_set_up() -> None:
    """Or something stands that was built on it."""
    ledger = applied(facts())
    compute = {step: entry for step, entry in ledger.items() if step != "host/c1"}
    begun = {**compute, "host/c1": replace(ledger["host/c1"], digest="", applied_at="")}
    assert cloud_absent(facts(), {})
    assert cloud_absent(facts(), begun)
    assert not cloud_absent(facts(), ledger)
    assert not cloud_absent(facts(stacks=True), {})
    assert not cloud_absent(facts(), {"region": LedgerEntry(step="region", digest="", applied_at="", resources=0,
                                                            outputs={})})  # fmt: skip
