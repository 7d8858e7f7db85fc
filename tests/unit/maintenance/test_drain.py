"""Servers leave a host: how many at once, in which order, what happens to those that cannot."""

from __future__ import annotations

import threading

import pytest
from fake_clock import FakeClock
from fake_host_services import FakeHostServices, carried_server

from orchestrator.errors import TemporaryFailure
from orchestrator.flow.drain import Drain, Drained
from orchestrator.flow.journey import Journey
from orchestrator.model.draining import ColdMoves, Draining
from orchestrator.model.host_duty import CarriedServer, ServerMove


class Case:
    """A host `old` with servers on it, and a drain of it that never rests."""

    def __init__(self, *servers: CarriedServer, bounds: Draining | None = None, **of_cloud: object) -> None:
        self.cloud = FakeHostServices(standing={one.id: one for one in servers}, **of_cloud)  # type: ignore[arg-type]  # a test names its fields
        self.clock = FakeClock()
        self.bounds = bounds or Draining()
        self.stop = threading.Event()
        self.seen: list[tuple[str, str]] = []

    def run(self, *, ours: bool = False) -> Drained:
        moves = (
            ServerMove(server=one, owner="arcy", target="new", others=("newer",))
            for one in self.cloud.standing.values()
        )
        journeys = [Journey(one, "old", self.cloud, self.clock, self.bounds, ours=ours) for one in moves]
        drain = Drain(clock=self.clock, bounds=self.bounds, stop=self.stop, pause=0.0)
        return drain.run(journeys, lambda word, name: self.seen.append((word, name)))

    def host_of(self, name: str) -> str:
        return self.cloud.standing[f"id-{name}"].host


def test_running_servers_move_live_and_never_more_at_once_than_allowed() -> None:
    """Five servers, two at a time; each is told."""
    case = Case(*(carried_server(f"web-{n}", "old") for n in range(5)), looks=3)
    assert case.run() == Drained(moved=5)
    assert case.cloud.most_at_once == 2
    assert {call.split()[0] for call in case.cloud.calls} == {"live"}
    assert ("moved", "server web-0 of arcy") in case.seen


def test_a_stopped_server_moves_cold_and_is_confirmed() -> None:
    """What Nova keeps on the old host until it is confirmed goes."""
    case = Case(carried_server("off-1", "old", status="SHUTOFF"))
    assert case.run() == Drained(moved=1)
    assert case.cloud.calls == ["cold off-1 new", "confirm off-1"]


def test_a_refused_target_is_followed_by_the_next() -> None:
    """A host that Nova does not allow is no reason to stay."""
    case = Case(carried_server("web-1", "old"), refused={("web-1", "new"): "No valid host"})
    assert case.run() == Drained(moved=1)
    assert case.host_of("web-1") == "newer"


def test_a_server_that_nobody_takes_is_told_in_the_apis_words() -> None:
    """With its tenant's name; the other one has left."""
    nowhere = {("web-1", "new"): "No valid host: A", ("web-1", "newer"): "No valid host: B"}
    case = Case(carried_server("web-1", "old"), carried_server("web-2", "old"), refused=nowhere)
    done = case.run()
    assert done.moved == 1
    (failure,) = done.failures
    assert (failure.resource, failure.cause) == ("server web-1 of arcy", "No valid host: B")
    assert "coldMoves" in failure.hint


def test_a_running_server_is_stopped_only_where_the_region_allows_it() -> None:
    """Refused live, moved cold: by `all`, never by default."""
    case = Case(carried_server("web-1", "old"), bounds=Draining(cold_moves=ColdMoves.ALL))
    live_only = {("web-1", host): "no shared storage" for host in ("new", "newer")}
    case.cloud.refused = live_only
    case.cloud.on_look = lambda: case.cloud.refused.clear() if len(case.cloud.calls) == 2 else None
    assert case.run() == Drained(moved=1)
    assert case.cloud.calls[-2:] == ["cold web-1 new", "confirm web-1"]


def test_a_move_that_takes_too_long_is_given_up() -> None:
    """The time limit is per server; the server stays, and runs."""
    case = Case(carried_server("big-1", "old"), endless={"big-1"}, bounds=Draining(server_minutes=1))
    case.cloud.on_look = lambda: case.clock.forward(seconds=20)
    (failure,) = case.run().failures
    assert "within 1 min; the move was given up" in failure.cause
    assert "abort big-1" in case.cloud.calls
    assert case.host_of("big-1") == "old"


@pytest.mark.parametrize("status", ["ERROR", "SUSPENDED", "RESCUE"])
def test_what_nova_moves_in_no_way_stays_and_is_told(status: str) -> None:
    """Nothing is begun for it."""
    case = Case(carried_server("odd-1", "old", status=status))
    (failure,) = case.run().failures
    assert status in failure.cause
    assert case.cloud.calls == []


def test_a_move_that_another_run_began_is_waited_for() -> None:
    """After a kill: no second move of a server that is under way."""
    case = Case(carried_server("web-1", "old"), looks=3)
    server = case.cloud.standing["id-web-1"]
    case.cloud.move(server, "new", live=True)
    case.cloud.calls.clear()
    assert case.run() == Drained(moved=1)
    assert case.cloud.calls == []


def test_a_cold_move_that_another_run_left_unconfirmed_is_confirmed() -> None:
    """Else its disks would stay on the old host for ever."""
    case = Case(carried_server("off-1", "new", status="VERIFY_RESIZE"))
    assert case.run(ours=True) == Drained(moved=1)
    assert case.cloud.calls == ["confirm off-1"]


@pytest.mark.parametrize(("refusals", "moved"), [(1, 1), (9, 0)])
def test_a_confirmation_that_nova_refuses_is_asked_for_again(refusals: int, moved: int) -> None:
    """Nova may be at it, so that the next look tells; one that it always refuses is told."""
    case = Case(carried_server("off-1", "new", status="VERIFY_RESIZE"), unconfirmable=refusals)
    done = case.run(ours=True)
    assert done.moved == moved
    assert ["vm_state stopped" in one.cause for one in done.failures] == [True] * (1 - moved)


def test_a_resize_of_its_member_is_not_confirmed() -> None:
    """Whether the new size is well is the member's to say."""
    case = Case(carried_server("off-1", "new", status="VERIFY_RESIZE"))
    assert case.run(ours=False) == Drained(moved=1)
    assert case.cloud.calls == []


def test_a_server_that_is_deleted_meanwhile_has_left() -> None:
    """Members go on working while their host is emptied."""
    case = Case(carried_server("web-1", "old"), looks=5)
    case.cloud.on_look = case.cloud.standing.clear
    assert case.run() == Drained(moved=1)


def test_a_cloud_that_is_silent_for_a_while_is_waited_for() -> None:
    """A restart of Nova ends no drain."""
    case = Case(carried_server("web-1", "old"), silent=4)
    assert case.run() == Drained(moved=1)


def test_a_cloud_that_stays_silent_ends_it() -> None:
    """Bounded: five minutes; worth a retry."""
    case = Case(carried_server("web-1", "old"), silent=1000)
    case.cloud.on_look = lambda: case.clock.forward(seconds=30)
    with pytest.raises(TemporaryFailure, match="does not answer"):
        case.run()


def test_once_stopped_nothing_new_is_begun() -> None:
    """What is under way arrives, the rest waits."""
    case = Case(*(carried_server(f"web-{n}", "old") for n in range(5)), looks=2)
    case.cloud.on_look = lambda: case.stop.set() if case.cloud.calls else None
    done = case.run()
    assert (done.moved, done.waiting) == (2, 3)
