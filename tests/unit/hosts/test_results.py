"""What becomes of each host follows from Ansible's events."""

from __future__ import annotations

from typing import Any

import pytest

from orchestrator.adapters.hosts_ansible.masking import MASKED, Mask
from orchestrator.adapters.hosts_ansible.results import NOT_SAID, Results
from orchestrator.adapters.hosts_ansible.run import Ended
from orchestrator.model.host_result import HostChange, HostStatus
from orchestrator.model.outcome import Failure

HIDDEN = {"censored": "the output has been hidden"}
SECRET = "q7Rm2xVw9LpT"


class Told:
    """Results of hosts a and b, and what they told of tasks on the way."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []
        self.results = Results(("a", "b"), Mask({"passwords": {"queue": SECRET}}), self._note)

    def _note(self, host: str, status: str, task: str) -> None:
        self.seen.append((host, status, task))

    def event(self, kind: str, host: str = "a", stdout: str = "", **data: Any) -> None:
        named = {"host": host, "role": "nova", "task": "Start", **data}
        assert self.results({"event": kind, "event_data": named, "stdout": stdout}) is False

    def ended(self, *, dark: tuple[str, ...] = (), failures: tuple[str, ...] = (), **account: Any) -> None:
        stats = {"dark": dict.fromkeys(dark, 1), "failures": dict.fromkeys(failures, 1)}
        self.results({"event": "playbook_on_stats", "event_data": stats})
        assert self.results.ended(Ended(code=0, **account))

    def status(self, host: str) -> HostStatus:
        return self.results.of_all()[host].status

    def failure(self, host: str = "a") -> Failure:
        found = self.results.of_all()[host].failure
        assert found is not None
        return found


@pytest.fixture
def told() -> Told:
    return Told()


def test_tasks_are_counted_and_changes_kept(told: Told) -> None:
    """A skipped task did not run; each finished one is told, with its role."""
    told.event("runner_on_ok", res={"changed": True})
    told.event("runner_on_ok", res={"changed": False}, task="Wait")
    told.event("runner_on_skipped", task="Wait more", role=None)
    told.ended()
    result = told.results.of_all()["a"]
    assert (result.status, result.tasks, result.failure) == (HostStatus.DONE, 2, None)
    assert result.changes == (HostChange(role="nova", task="Start"),)
    assert told.seen == [("a", "changed", "nova: Start"), ("a", "ok", "nova: Wait"), ("a", "skipped", "Wait more")]


def test_a_failure_has_the_modules_own_words(told: Told) -> None:
    """The other host is done all the same."""
    told.event("runner_on_failed", res={"msg": "Unable to start service nova", "stderr": "1\n2\n3\n4\n5\nlast\n"})
    told.ended(failures=("a",))
    assert (told.status("a"), told.status("b")) == (HostStatus.FAILED, HostStatus.DONE)
    assert told.failure().resource == "nova: Start"
    assert told.failure().cause == "Unable to start service nova | 2 | 3 | 4 | 5 | last"
    assert not told.failure().temporary


def test_a_failed_item_says_which(told: Told) -> None:
    """The first that failed, not the loop's general words."""
    items = [{"item": "x", "changed": True}, {"item": "y", "failed": True, "msg": "no such file"}]
    told.event("runner_on_failed", res={"msg": "One or more items failed", "results": items})
    told.ended(failures=("a",))
    assert told.failure().cause == "y: no such file"


def test_unreachable_is_not_failed(told: Told) -> None:
    """It may be reached later; a key that is refused will not pass by itself."""
    told.event("runner_on_unreachable", "a", res={"msg": "ssh: connect to host 10.0.0.1: No route to host"})
    told.event("runner_on_unreachable", "b", res={"msg": "root@10.0.0.2: Permission denied (publickey)."})
    told.ended(dark=("a", "b"))
    assert (told.status("a"), told.status("b")) == (HostStatus.UNREACHABLE, HostStatus.UNREACHABLE)
    assert (told.failure("a").temporary, told.failure("b").temporary) == (True, False)
    assert "must know the key" in told.failure("b").hint


@pytest.mark.parametrize(
    ("cause", "hint"),
    [
        ("Missing sudo password", "sudo without a password"),
        ("[Errno 28] No space left on device: b'/srv/x'", "make room"),
        ("Host key verification failed.", "at its console"),
        ("E: Failed to fetch http://deb.debian.org", "package mirror"),
        ("something else", "the next run goes on"),
    ],
)
def test_a_failure_says_what_to_do(told: Told, cause: str, hint: str) -> None:
    """By the words of whoever failed."""
    told.event("runner_on_failed", res={"msg": cause})
    told.ended(failures=("a",))
    assert hint in told.failure().hint


def test_hidden_words_stay_hidden(told: Told) -> None:
    """Of a task with `no_log` nothing is told but that it failed, and how to see more."""
    told.event("runner_on_failed", res=HIDDEN)
    told.ended(failures=("a",))
    assert told.failure().cause == NOT_SAID
    assert "docs/hosts.md" in told.failure().hint


def test_a_hidden_task_still_counts_as_a_change(told: Told) -> None:
    """ansible-runner drops `changed` with the rest; what Ansible displays says it, for the task or for its items."""
    told.event("runner_on_ok", res=HIDDEN, stdout="\r\nTASK [nova : Start] ***\r\nchanged: [a]\r\n")
    told.event("runner_on_ok", "b", res=HIDDEN, stdout="")
    told.event("runner_item_on_ok", "b", res=HIDDEN, stdout="changed: [b] => (item=None)\r\n")
    told.event("runner_on_ok", "b", res=HIDDEN, task="Loop")
    told.event("runner_on_ok", "b", res=HIDDEN, task="After")
    told.ended()
    found = told.results.of_all()
    assert [len(found[host].changes) for host in ("a", "b")] == [1, 1]
    assert found["b"].changes[0].task == "Loop"


def test_secrets_that_nobody_hid_are_masked(told: Told) -> None:
    """In diffs and in causes."""
    diff = {"before": "", "after": f"password = {SECRET}\n"}
    told.event("runner_on_ok", res={"changed": True, "diff": diff})
    told.event("runner_on_failed", res={"msg": f"bad URL mysql://nova:{SECRET}@db"})
    told.ended(failures=("a",))
    result = told.results.of_all()["a"]
    assert SECRET not in repr(result)
    assert f"+password = {MASKED}" in result.changes[0].diff
    assert told.failure().cause == f"bad URL mysql://nova:{MASKED}@db"


def test_an_ignored_failure_is_none(told: Told) -> None:
    """The playbook says that it may fail."""
    told.event("runner_on_failed", res={"msg": "not there"}, ignore_errors=True)
    told.ended()
    assert (told.status("a"), told.seen) == (HostStatus.DONE, [("a", "ok", "nova: Start")])


def test_a_rescued_failure_is_none(told: Told) -> None:
    """Ansible's own sums have the last word."""
    told.event("runner_on_failed", res={"msg": "not yet"})
    told.event("runner_on_ok", res={}, task="Mend")
    told.ended()
    assert told.results.of_all()["a"].failure is None
    assert told.status("a") is HostStatus.DONE


def test_a_run_without_an_end_leaves_hosts_interrupted(told: Told) -> None:
    """But for those that had failed, or were away, before it was stopped."""
    told.event("runner_on_ok", res={})
    told.event("runner_on_failed", "b", res={"msg": "no"})
    assert not told.results.ended(Ended(code=99))
    assert (told.status("a"), told.status("b")) == (HostStatus.INTERRUPTED, HostStatus.FAILED)


def test_hosts_whose_plays_were_left_out_are_open(told: Told) -> None:
    """Ansible gives up all plays once every host of one has failed: nothing is known of the others."""
    told.event("runner_on_failed", res={"msg": "no"})
    told.ended(failures=("a",), unbegun=frozenset("ab"))
    assert told.results.open == ("b",)
    told.ended()
    assert (told.results.open, told.status("a"), told.status("b")) == ((), HostStatus.FAILED, HostStatus.DONE)


def test_a_task_for_all_fails_for_all(told: Told) -> None:
    """It runs on one host; Ansible gives up the others and counts no failure of theirs."""
    told.event("runner_on_failed", res={"msg": "no answer"})
    told.ended(failures=("a",), stopped={"b": "a"})
    assert (told.status("b"), told.failure("b").cause) == (HostStatus.FAILED, "on a, for all: no answer")


def test_a_task_for_all_that_was_rescued_stops_nobody(told: Told) -> None:
    """The playbook went on."""
    told.event("runner_on_failed", res={"msg": "no answer"})
    told.ended(stopped={"b": "a"})
    assert (told.status("a"), told.status("b")) == (HostStatus.DONE, HostStatus.DONE)
