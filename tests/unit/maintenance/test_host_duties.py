"""A host leaves duty and comes back: what is disabled, what moves where, what is refused before anything is done."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

import pytest
import small_region
from fake_clock import FakeClock
from fake_cloud_inventory import FakeCloudInventory, hypervisors
from fake_host_services import FakeHostServices, carried_server, compute_service
from plan_cases import host

from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.flow.host_duties import HostDuties
from orchestrator.model.host_duty import MAINTENANCE, Binary, CarriedServer, HostService, LeftBehind, ServerGroup
from orchestrator.model.outcome import StackResult
from orchestrator.model.snapshot import PLACEMENT

VOLUMES = HostService(host="h0", binary=Binary.VOLUME, id="h0@lvm", up=True, enabled=True, backend="lvm")


@dataclass
class Case:
    """Three hosts of one aggregate with 4 cores each; `h0` has servers and is in maintenance by its spec."""

    servers: tuple[CarriedServer, ...] = (carried_server("web-1", "h0"), carried_server("web-2", "h0"))
    stop: threading.Event = field(default_factory=threading.Event)
    seen: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cloud = FakeHostServices(
            known=[*(compute_service(f"h{n}") for n in range(3)), VOLUMES],
            standing={one.id: one for one in self.servers},
        )
        self.inventory = FakeCloudInventory(hypervisors("h0", "h1", "h2"))
        specs = replace(small_region.specs(), hosts={"h0": replace(host("h0", maintenance=True), aggregate="general")})
        self.duties = HostDuties(specs=specs, cloud=self.cloud, inventory=self.inventory, clock=FakeClock(), pause=0.0)

    def leave(self) -> StackResult:
        return self.duties.leave("h0", lambda word, name: self.seen.append((word, name)), self.stop)


def test_services_are_disabled_before_the_first_server_moves() -> None:
    """Else new ones would come while the others leave. Volumes stay where they are."""
    case = Case()
    result = case.leave()
    assert case.cloud.calls[:2] == ["disable h0 nova-compute", "disable h0 cinder-volume of lvm"]
    assert {one.host for one in case.cloud.standing.values()} == {"h1", "h2"}
    assert dict(result.counts) == {"disabled": 2, "moved": 2}
    assert ("moved", "server web-1 of arcy") in case.seen


def test_twice_is_once() -> None:
    """The second time nothing is left to do, and nothing is done."""
    case = Case()
    case.leave()
    case.cloud.calls.clear()
    assert dict(case.leave().counts) == {"disabled": 0, "moved": 0}
    assert case.cloud.calls == []


def test_a_host_whose_servers_fit_nowhere_stays_in_duty() -> None:
    """Refused with what is missing and whose servers these are, before anything is done."""
    case = Case(servers=tuple(carried_server(f"big-{n}", "h0", vcpus=3) for n in range(3)))
    with pytest.raises(
        PermanentFailure, match=r"1 of its 3 servers .*3 vcpus, 2 GiB of memory.* missing: big-\d \(arcy\)"
    ):
        case.leave()
    assert case.cloud.calls == []


def test_what_cannot_move_is_told_and_the_others_have_left() -> None:
    """One failure a server, in the API's words, with its tenant."""
    case = Case()
    case.cloud.refused = {("web-1", "h1"): "no CPU match", ("web-1", "h2"): "no CPU match"}
    result = case.leave()
    (failure,) = result.failures
    assert (failure.resource, failure.cause) == ("server web-1 of arcy", "no CPU match")
    assert case.cloud.standing["id-web-2"].host != "h0"


def test_a_host_whose_compute_service_is_down_is_told_so() -> None:
    """Live or cold, servers leave with its help only."""
    case = Case()
    case.cloud.known[0] = compute_service("h0", up=False)
    with pytest.raises(PermanentFailure, match="does not report") as refused:
        case.leave()
    assert "evacuate" in refused.value.hint
    assert case.cloud.calls == []


def test_servers_of_a_group_do_not_meet() -> None:
    """A member that stands elsewhere keeps its host to itself."""
    case = Case(servers=(carried_server("db-1", "h0"), carried_server("db-2", "h1")))
    case.cloud.grouped = (ServerGroup(id="g", policy="anti-affinity", members=("id-db-1", "id-db-2")),)
    case.leave()
    assert case.cloud.standing["id-db-1"].host == "h2"


def test_what_a_killed_run_left_unconfirmed_is_confirmed() -> None:
    """A cold move whose disks are still here; a resize of its member is only told."""
    moved = carried_server("off-1", "h1", status="VERIFY_RESIZE")
    resized = carried_server("own-1", "h2", status="VERIFY_RESIZE")
    case = Case(servers=(moved, resized))
    case.cloud.behind = {
        "h0": [LeftBehind(server=moved.id, resized=False), LeftBehind(server=resized.id, resized=True)]
    }
    result = case.leave()
    assert "confirm off-1" in case.cloud.calls
    assert "confirm own-1" not in case.cloud.calls
    (failure,) = result.failures
    assert "its member confirms" in failure.cause


def test_a_stopped_run_leaves_the_rest_for_the_next() -> None:
    """Disabled, but not emptied: the outcome is no success."""
    case = Case()
    case.stop.set()
    assert case.leave().interrupted


def test_placement_that_does_not_answer_begins_nothing() -> None:
    """Without figures nobody knows whether the servers fit; worth a retry."""
    case = Case()
    case.inventory.fail(PLACEMENT, "503")
    with pytest.raises(TemporaryFailure, match="placement"):
        case.leave()
    assert case.cloud.calls == []


def test_coming_back_enables_what_we_disabled_and_nothing_else() -> None:
    """Somebody's broken disk is not ours to put into duty."""
    case = Case()
    case.cloud.known[0] = compute_service("h0", enabled=False, reason=MAINTENANCE)
    case.cloud.known[3] = replace(VOLUMES, enabled=False, reason="disk broken")
    result = case.duties.give_back("h0", lambda *_: None)
    assert case.cloud.calls == ["enable h0 nova-compute"]
    assert dict(result.counts) == {"enabled": 1}
