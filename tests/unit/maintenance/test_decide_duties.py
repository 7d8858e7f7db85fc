"""Which hosts leave duty and which come back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import small_region
from fake_host_services import carried_server, compute_service
from plan_cases import host

from orchestrator.model.host_duty import MAINTENANCE, HostService
from orchestrator.model.maintenance import Duty, maintenance_step
from orchestrator.model.specs import Specs
from orchestrator.planning.hosts.maintenance import Duties, DutyFacts, concerned, decide_duties


def specs(*, maintenance: bool = True) -> Specs:
    return replace(small_region.specs(), hosts={"nord-1": host("nord-1", maintenance=maintenance)})


def decided(
    *services: HostService, maintenance: bool = True, servers: tuple[Any, ...] = (), recorded: bool = True
) -> Duties:
    steps = (maintenance_step("nord-1"),) if recorded else ()
    facts = DutyFacts(services=services, servers={"nord-1": servers}, left_behind={}, recorded=steps)
    return decide_duties(specs(maintenance=maintenance), ("nord-1",), facts)


def test_a_host_in_maintenance_leaves_duty_with_its_servers() -> None:
    """Its enabled services are disabled, what stands on it moves."""
    server = carried_server("web-1", "nord-1")
    (found,) = decided(compute_service("nord-1"), servers=(server,)).taken
    assert (found.duty, found.servers) == (Duty.LEAVE, (server,))
    assert [one.text for one in found.services] == ["nova-compute"]


def test_one_that_is_out_of_duty_and_empty_needs_no_step() -> None:
    """The second plan is empty."""
    found = decided(compute_service("nord-1", enabled=False, reason=MAINTENANCE))
    assert found.taken == ()
    assert "carries nothing" in found.untaken[0].reason


def test_one_that_the_ledger_does_not_know_is_recorded() -> None:
    """Else nobody would know, once its maintenance is over, that it is to be enabled."""
    found = decided(compute_service("nord-1", enabled=False, reason=MAINTENANCE), recorded=False)
    assert [one.duty for one in found.taken] == [Duty.LEAVE]


def test_one_that_was_not_emptied_is_looked_at_again() -> None:
    """What could not leave is tried again by each apply."""
    service = compute_service("nord-1", enabled=False, reason=MAINTENANCE)
    (found,) = decided(service, servers=(carried_server("web-1", "nord-1"),)).taken
    assert (found.duty, found.services) == (Duty.LEAVE, ())


def test_back_from_maintenance_what_we_disabled_is_enabled() -> None:
    """And only that."""
    (found,) = decided(compute_service("nord-1", enabled=False, reason=MAINTENANCE), maintenance=False).taken
    assert found.duty is Duty.RETURN


def test_what_somebody_disabled_by_hand_stays_so_and_is_told() -> None:
    """With their reason."""
    found = decided(compute_service("nord-1", enabled=False, reason="fan broken"), maintenance=False)
    assert found.taken == ()
    assert found.untaken[0].reason == "nova-compute was disabled by hand (fan broken) and stays so"


def test_a_host_disabled_by_hand_is_emptied_all_the_same() -> None:
    """Its reason is not written over: it stays out of duty afterwards."""
    service = compute_service("nord-1", enabled=False, reason="fan broken")
    (found,) = decided(service, servers=(carried_server("web-1", "nord-1"),)).taken
    assert found.services == ()
    assert found.kept == ("nova-compute was disabled by hand (fan broken) and stays so",)


def test_a_host_without_services_has_no_duty_to_leave() -> None:
    """One that was never installed, or that has another name in the cloud."""
    found = decided()
    assert found.taken == ()
    assert "the cloud knows no service" in found.untaken[0].reason


def test_only_hosts_in_maintenance_now_or_before_are_asked_about() -> None:
    """A region without any asks the cloud nothing for this."""
    assert concerned(specs(maintenance=False), ["region", "tenant/arcy"]) == ()
    assert concerned(specs(maintenance=True), []) == ("nord-1",)
    assert concerned(specs(maintenance=False), [maintenance_step("nord-1")]) == ("nord-1",)


def test_a_file_that_is_missing_changes_nothing() -> None:
    """It deletes nothing, and it enables nothing either."""
    service = compute_service("gone", enabled=False, reason=MAINTENANCE)
    facts = DutyFacts(services=(service,), servers={}, left_behind={}, recorded=())
    found = decide_duties(specs(), ("gone",), facts)
    assert found.taken == ()
    assert "its file is missing" in found.untaken[0].reason
