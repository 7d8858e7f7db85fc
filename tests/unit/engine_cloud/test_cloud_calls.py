"""Calls on the services: what is repeated, what is not, and what a fault says."""

import json
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from threading import Event
from typing import Any

import pytest

from orchestrator.engine.cloud import waits
from orchestrator.engine.cloud.connection import Answer, Connection, versioned
from orchestrator.engine.cloud.faults import ServiceFault, fault_text
from orchestrator.engine.cloud.repetition import ATTEMPTS, retry_after
from orchestrator.engine.cloud.rest import Service
from orchestrator.engine.cloud.unreached import NotSent
from orchestrator.engine.cloud.waits import Deadline
from orchestrator.engine.provider import Interrupted, ProviderError


class Script(Connection):
    """Answers from a list: a status, body and further headers, or an error to raise."""

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)
        self.sent: list[tuple[str, str]] = []

    def send(self, service: str, method: str, path: str, **options: Any) -> Answer:
        self.sent.append((method, path))
        answer = self._answers.pop(0)
        if isinstance(answer, ProviderError):
            raise answer
        status, body, *more = answer
        headers = {"x-openstack-request-id": "req-1", **(more[0] if more else {})}
        return Answer(status=status, headers=headers, text=json.dumps(body), body=body)


LOST = ProviderError("connection lost", temporary=True)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "FIRST_BACKOFF", 0.001)


def service(*answers: Any, seconds: float = 5) -> tuple[Service, Script]:
    script = Script(*answers)
    return Service(script, "network", Deadline(seconds)), script


def test_a_read_is_repeated_when_the_connection_is_lost() -> None:
    """Reads change nothing: they may come again."""
    calls, script = service(LOST, (502, {}), (200, {"ok": 1}))

    assert calls.get("networks") == {"ok": 1}
    assert len(script.sent) == 3


def test_a_read_is_not_repeated_for_ever() -> None:
    """After a few attempts the last error is told."""
    calls, script = service(*[LOST] * 10)

    with pytest.raises(ProviderError, match="connection lost"):
        calls.get("networks")
    assert len(script.sent) == ATTEMPTS


@pytest.mark.parametrize("answer", [LOST, (500, {}), (502, {}), (503, {"message": "no allocation, half way"})])
def test_a_create_is_never_repeated_blindly(answer: Any) -> None:
    """What came out of the middle of it may have meant success: one POST, then the error, marked as passing."""
    calls, script = service(answer, (201, {}))

    with pytest.raises(ProviderError) as caught:
        calls.post("networks", {})
    assert caught.value.temporary
    assert len(script.sent) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (429, {}),
        (503, {"message": "The server is currently unavailable. Please try again at a later time."}),
        (503, {}, {"x-openstack-request-id": ""}),
        (503, {"message": "busy"}, {"Retry-After": "0"}),
        NotSent("connection refused"),
    ],
)
def test_a_create_that_was_surely_not_carried_out_comes_again(answer: Any) -> None:
    """A rate limit, a service turned away at its door, a front without a service, a connection never made."""
    calls, script = service(answer, answer, (201, {"network": {}}))

    assert calls.post("networks", {}) == {"network": {}}
    assert len(script.sent) == 3


OVER_QUOTA = (409, {"NeutronError": {"type": "OverQuota", "message": "Quota exceeded for resources: ['network']."}})


def test_a_quota_that_neutron_calls_spent_is_asked_again() -> None:
    """It counts an object and its own reservation for a moment: two made at once where two may be, one is refused."""
    calls, script = service(OVER_QUOTA, (201, {"network": {}}))

    assert calls.post("networks", {}) == {"network": {}}
    assert len(script.sent) == 2


def test_a_quota_that_is_spent_is_told() -> None:
    """After a few attempts; any other conflict at once."""
    calls, script = service(*[OVER_QUOTA] * 10)
    with pytest.raises(ServiceFault, match="409 Quota exceeded"):
        calls.post("networks", {})
    assert len(script.sent) == ATTEMPTS

    calls, script = service((409, {"NeutronError": {"message": "in use"}}), (201, {}))
    with pytest.raises(ServiceFault, match="409 in use"):
        calls.post("networks", {})
    assert len(script.sent) == 1


def test_a_deletion_may_come_again_after_any_503() -> None:
    """Twice is once."""
    calls, script = service((503, {"message": "half way"}), (404, {}))

    assert calls.delete("networks/n") is False
    assert len(script.sent) == 2


def test_a_service_is_left_alone_for_as_long_as_it_asks() -> None:
    """Retry-After is the least; a date is understood as well as a number."""
    soon = format_datetime(datetime.fromtimestamp(time.time() + 1, tz=UTC), usegmt=True)
    calls, _ = service((429, {}, {"Retry-After": soon}), (200, {"ok": 1}))

    begun = time.monotonic()
    assert calls.get("networks") == {"ok": 1}
    assert 0.0 <= time.monotonic() - begun < 20
    assert retry_after({"Retry-After": "7"}) == 7.0
    assert (retry_after({"Retry-After": format_datetime(datetime.fromtimestamp(time.time() + 90, tz=UTC))}) or 0) > 0.0
    assert retry_after({"Retry-After": "soon"}) is None
    assert retry_after({}) is None


def test_a_wait_beyond_the_limit_is_given_up_at_once() -> None:
    """An hour is asked for, five seconds are left: the operator hears of it now."""
    calls, script = service((429, {}, {"Retry-After": "3600"}))

    begun = time.monotonic()
    with pytest.raises(ProviderError, match=r"asks to come back in 3600 s.*429"):
        calls.post("networks", {})
    assert time.monotonic() - begun < 4
    assert len(script.sent) == 1


def test_data_that_were_read_once_are_sent_once() -> None:
    """An image's bytes are gone after the first attempt: a second would store a part of them, or nothing."""
    calls, script = service((503, {}, {"Retry-After": "0"}), (204, {}))

    with pytest.raises(ServiceFault):
        calls.call("PUT", "images/i/file", data=iter([b"a"]))
    assert len(script.sent) == 1


def test_an_interruption_ends_the_wait_before_a_repetition() -> None:
    """Ctrl-C does not wait for a busy service."""
    interruption = Event()
    interruption.set()
    calls = Service(Script(*[(429, {}, {"Retry-After": "30"})] * 2), "network", Deadline(60, interruption))

    begun = time.monotonic()
    with pytest.raises(Interrupted):
        calls.get("networks")
    assert time.monotonic() - begun < 20


def test_a_fault_says_call_status_words_and_request() -> None:
    """All an operator needs to find it in the service's log."""
    calls, _ = service((409, {"NeutronError": {"type": "OverQuota", "message": "Quota exceeded", "detail": ""}}))

    with pytest.raises(ServiceFault) as caught:
        calls.post("networks", {})
    assert str(caught.value) == "POST network /networks: 409 Quota exceeded (request req-1)"
    assert not caught.value.temporary


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"badRequest": {"code": 400, "message": "No  such\\nflavor"}}', "No such flavor"),
        ('{"error": {"code": 403, "title": "Forbidden", "message": "You may not"}}', "You may not"),
        ('{"message": "plain"}', "plain"),
        ("<html>Bad Gateway</html>", "<html>Bad Gateway</html>"),
        ("", "no reason given"),
        ("[]", "no reason given"),
    ],
)
def test_the_words_of_a_fault_are_found_in_every_service_s_form(body: str, words: str) -> None:
    """Keystone, Nova, Neutron, Cinder and Glance each wrap them in another way."""
    assert fault_text(body) == words


def test_nothing_is_told_apart_from_an_error() -> None:
    """404 is None where one looks, an error where one expects; a delete of nothing is done."""
    calls, _ = service((404, {}), (404, {}), (404, {}))

    assert calls.find("networks/n") is None
    with pytest.raises(ServiceFault):
        calls.get("networks/n")
    assert calls.delete("networks/n") is False


def test_a_collection_is_read_to_its_end() -> None:
    """Glance pages by 25 unless asked: a look-up must not stop there."""
    calls, script = service(
        (200, {"images": [{"id": "a"}, {"id": "b"}], "next": "/v2/images?marker=b"}),
        (200, {"images": [{"id": "c"}]}),
    )

    assert [image["id"] for image in calls.all("images", "images")] == ["a", "b", "c"]
    assert len(script.sent) == 2


@pytest.mark.parametrize(
    ("url", "name", "root"),
    [
        ("http://k:5000", "identity", "http://k:5000/v3"),
        ("http://k/identity/v2.0", "identity", "http://k/identity/v3"),
        ("http://n:9696", "network", "http://n:9696/v2.0"),
        ("http://n:9696/v2.0", "network", "http://n:9696/v2.0"),
        ("http://c:8776/v3/0123456789abcdef", "block-storage", "http://c:8776/v3/0123456789abcdef"),
        ("http://g/image", "image", "http://g/image/v2"),
        ("http://s:8774/v2.1", "compute", "http://s:8774/v2.1"),
        ("http://p:8778", "placement", "http://p:8778"),
        ("http://p/placement", "placement", "http://p/placement"),
    ],
)
def test_catalogue_addresses_get_the_version_that_is_spoken(url: str, name: str, root: str) -> None:
    """No discovery call: the catalogue's address and a known version."""
    assert versioned(url, name) == root
