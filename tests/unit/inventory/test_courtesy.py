"""How a part asks: rests, repetitions, budget."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest

from orchestrator.adapters.inventory_openstack import courtesy
from orchestrator.adapters.inventory_openstack.courtesy import PoliteDoor, Rests
from orchestrator.adapters.inventory_openstack.refusal import LastingRefusal, PassingRefusal
from orchestrator.errors import MutualisError, PermanentFailure, TemporaryFailure


class Scripted:
    """A door that answers with what it was given, in order; `asked`: when, by the monotonic clock."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[float] = []

    def get(self, service: str, path: str, *, version: str = "", params: Mapping[str, Any] | None = None) -> Any:
        self.asked.append(time.monotonic())
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courtesy, "FIRST_PAUSE", 0.001)


def put_off(status: int, after: float = 0.0) -> PassingRefusal:
    return PassingRefusal(str(status), status=status, retry_after=after)


@pytest.mark.parametrize(("status", "calls"), [(429, 4), (503, 2), (500, 1), (502, 1)])
def test_a_call_that_was_put_off_comes_again_a_few_times(status: int, calls: int) -> None:
    """More often where the service is well and only wants less; not at all where it is broken."""
    door = Scripted(*[put_off(status)] * 9)
    with pytest.raises(PassingRefusal):
        PoliteDoor(door, Rests()).get("compute", "servers")
    assert len(door.asked) == calls


def test_it_comes_again_after_the_time_that_the_service_asked_for() -> None:
    """Not before, whoever asks: the rest is the service's, not the call's."""
    rests = Rests()
    door = Scripted(put_off(429, after=0.3), "good", "good")
    assert PoliteDoor(door, rests).get("compute", "servers") == "good"
    assert door.asked[1] - door.asked[0] >= 0.3
    rests.ask("compute", 0.2)
    began = time.monotonic()
    PoliteDoor(door, rests).get("compute", "os-hypervisors")
    assert time.monotonic() - began >= 0.19
    assert rests.left("network") == 0


def test_a_long_rest_is_kept_without_waiting() -> None:
    """The call fails, and the next ones do not reach the service."""
    rests = Rests()
    door = Scripted(put_off(503, after=120), "good")
    with pytest.raises(PassingRefusal):
        PoliteDoor(door, rests).get("compute", "servers")
    with pytest.raises(TemporaryFailure, match=r"wants to be left alone for 1\d\d s more"):
        PoliteDoor(door, rests).get("compute", "servers")
    assert len(door.asked) == 1
    assert rests.left("compute") <= 120 * (1 + courtesy.JITTER)


def test_a_rest_that_nobody_believes_is_cut() -> None:
    """A header may say a year."""
    rests = Rests()
    with pytest.raises(PassingRefusal):
        PoliteDoor(Scripted(put_off(503, after=3e7)), rests).get("compute", "servers")
    assert rests.left("compute") <= courtesy.LONGEST_REST * (1 + courtesy.JITTER)


def test_a_lost_call_comes_again_once() -> None:
    """A kept connection may have been closed by the other side."""
    door = Scripted(TemporaryFailure("reset"), "good")
    assert PoliteDoor(door, Rests()).get("compute", "servers") == "good"
    with pytest.raises(TemporaryFailure):
        PoliteDoor(Scripted(*[TemporaryFailure("reset")] * 2), Rests()).get("compute", "servers")


@pytest.mark.parametrize("error", [LastingRefusal("no", status=403), PermanentFailure("no such service")])
def test_what_will_not_change_is_not_repeated(error: MutualisError) -> None:
    """A right that is missing is missing a second later too."""
    door = Scripted(error)
    with pytest.raises(type(error)):
        PoliteDoor(door, Rests()).get("compute", "servers")
    assert len(door.asked) == 1


def test_no_call_begins_beyond_the_budget() -> None:
    """A part that is slow ends, and says that it was not answered no but not asked."""
    door = Scripted("good", "good")
    polite = PoliteDoor(door, Rests(), budget=0.05)
    polite.get("compute", "servers")
    while time.monotonic() < door.asked[0] + 0.06:
        pass
    with pytest.raises(TemporaryFailure, match="was not sent: the read took its"):
        polite.get("compute", "servers")
    assert len(door.asked) == 1
