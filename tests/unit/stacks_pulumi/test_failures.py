"""What a service said reaches people with the resource and what to do, and without anybody's traceback."""

from __future__ import annotations

import pytest
from pulumi.automation import CommandResult, EngineEvent
from pulumi.automation.errors import ConcurrentUpdateError

from orchestrator.adapters.stacks_pulumi.failures import failures_of, without_traceback
from orchestrator.adapters.stacks_pulumi.hints import GENERIC, hint_for, is_temporary

URN = "urn:pulumi:arcy::demo::openstack:blockstorage/volume:Volume::main/archive"


def diagnostic(message: str, urn: str = "", severity: str = "error") -> EngineEvent:
    event = {"urn": urn, "prefix": "", "message": message, "color": "never", "severity": severity}
    return EngineEvent.from_json({"sequence": 1, "timestamp": 1, "diagnosticEvent": event})


def test_failures_are_told_by_resource_and_once() -> None:
    """The closing `update failed` says nothing new; a repeated message is one failure."""
    said = "POST volume /volumes: 413 VolumeLimitExceeded: Maximum number of volumes allowed (3) exceeded for quota"
    found = failures_of([diagnostic(said, URN), diagnostic(said, URN), diagnostic("update failed")], None)
    assert [(f.resource, f.cause) for f in found] == [("main/archive", said)]
    assert "raise the tenant's quota" in found[0].hint


LOCKED = """error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete \
the lock file with `pulumi cancel`.
  postgres://db.example/locks/a/b.json: created by deploy@runner-2 (pid 4711) at 2026-11-23T07:00:00Z"""


def test_a_stack_that_somebody_works_on_is_told_as_a_busy_region_is() -> None:
    """Since when and by whom; worth a retry, and no invitation to break the lock."""
    (found,) = failures_of([], ConcurrentUpdateError(CommandResult(stdout="", stderr=LOCKED, code=255)))
    assert found.cause == "the stack is busy since 2026-11-23T07:00:00Z by deploy@runner-2, process 4711"
    assert found.temporary
    assert "wait for its end" in found.hint


def test_an_owner_that_lost_its_connection_is_told_with_the_time_to_wait() -> None:
    """It may still be at work for a moment."""
    said = f"{LOCKED}\nIts connection broke in the midst of its work. Run again in 90 seconds."
    (found,) = failures_of([], ConcurrentUpdateError(CommandResult(stdout="", stderr=said, code=255)))
    assert found.cause.endswith("process 4711. Its connection broke in the midst of its work. Run again in 90 seconds.")


def test_warnings_are_no_failures() -> None:
    """Only what ended the work counts."""
    assert failures_of([diagnostic("deprecated", severity="warning")], None) == ()


def test_a_programs_traceback_stays_with_programmers() -> None:
    """The message before it says the same; without one its last line does."""
    frames = 'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: no user jean'
    assert without_traceback(f"python inline source runtime error: no user jean\n{frames}") == "no user jean"
    assert without_traceback(frames) == "ValueError: no user jean"


@pytest.mark.parametrize(
    ("cause", "temporary"),
    [
        ("GET compute /servers: 503 Service Unavailable", True),
        ("Unable to establish connection to http://127.0.0.1:5000/v3", True),
        ("the stack is currently locked by 1 lock(s)", True),
        ("POST compute /servers: 500 Unexpected API Error. <class 'oslo_db.exception.DBConnectionError'>", True),
        ("POST compute /servers: 500 Unexpected API Error. <class 'KeyError'>", False),
        ("POST compute /servers: 400 Bad flavor", False),
        ("volume of 1503 GiB is too large", False),
    ],
)
def test_only_what_may_pass_by_itself_is_worth_a_retry(cause: str, temporary: bool) -> None:  # noqa: FBT001 parametrised
    """The exit code 4 rests on this."""
    assert is_temporary(cause) is temporary


@pytest.mark.parametrize(
    ("cause", "word"),
    [
        ("No valid host was found. There are not enough hosts available.", "capacity"),
        ("403 Forbidden: Policy doesn't allow", "right"),
        ("409 Conflict: name is used", "rename"),
        ("something nobody foresaw", GENERIC),
    ],
)
def test_every_cause_has_something_to_do(cause: str, word: str) -> None:
    """Hints fit the service's words, with a general one at the end."""
    assert word in hint_for(cause)
