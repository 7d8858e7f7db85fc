"""What became of each host, from Ansible's events as they come: only what counts is kept of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from orchestrator.adapters.hosts_ansible.diffs import unified
from orchestrator.adapters.hosts_ansible.events import Finished, finished
from orchestrator.adapters.hosts_ansible.hints import AWAY, GENERIC, HIDDEN, hint_for, passes, passes_when_away
from orchestrator.adapters.hosts_ansible.masking import Mask
from orchestrator.adapters.hosts_ansible.run import Ended
from orchestrator.model.host_result import HostChange, HostResult, HostStatus
from orchestrator.model.outcome import Failure
from orchestrator.ports import TaskSeen

_ENDS: Final = {
    "runner_on_ok": "ok",
    "runner_on_failed": "failed",
    "runner_on_skipped": "skipped",
    "runner_on_unreachable": "unreachable",
}
NOT_SAID: Final = "the task failed, and its words are hidden (no_log)"


class Results:
    """Told of every event (`__call__`), and of the end of each run of Ansible (`ended`)."""

    def __init__(self, hosts: Sequence[str], mask: Mask, seen: TaskSeen) -> None:
        self._hosts = {host: _Host(host) for host in hosts}
        self.mask = mask
        self._seen = seen
        self._stats: Mapping[str, Any] | None = None

    def __call__(self, event: Mapping[str, Any]) -> bool:
        """False: ansible-runner keeps no file of it."""
        kind = event.get("event", "")
        if kind == "playbook_on_stats":
            self._stats = event["event_data"]
        elif kind == "runner_item_on_ok":
            self._item(finished(event))
        elif kind in _ENDS:
            self._task(finished(event), _ENDS[kind])
        return False

    def ended(self, how: Ended) -> bool:
        """Judge the hosts that were open; whether Ansible came to its own end. One that it left out stays open."""
        stats, self._stats = self._stats, None
        if stats is None:
            return False
        for name in self.open:
            host, other = self._hosts[name], how.stopped.get(name, "")
            if stats["dark"].get(name):
                host.status = HostStatus.UNREACHABLE
            elif stats["failures"].get(name):
                host.status = HostStatus.FAILED
            elif stats["dark"].get(other) or stats["failures"].get(other):
                host.status, host.failure = HostStatus.FAILED, self._failure_elsewhere(other)
            elif name not in how.unbegun:
                host.status = HostStatus.DONE
        return True

    @property
    def open(self) -> tuple[str, ...]:
        """Hosts of which nothing is known yet."""
        return tuple(name for name, host in self._hosts.items() if host.status is None)

    def of_all(self) -> dict[str, HostResult]:
        """By host. One that Ansible never came to an end with counts as interrupted, unless it failed before."""
        return {name: host.result() for name, host in self._hosts.items()}

    def _item(self, one: Finished) -> None:
        """A loop's last event tells of its items, unless it hides them."""
        host = self._hosts.get(one.host)
        if host and one.changed:
            host.item_changed = True

    def _task(self, one: Finished, end: str) -> None:
        host = self._hosts.get(one.host)
        if host is None:
            return
        changed = end == "ok" and (one.changed or host.item_changed)
        host.item_changed = False
        host.tasks += end != "skipped"
        if changed:
            host.changes.append(HostChange(role=one.role, task=one.task, diff=self.mask(unified(one.result))))
        if end in {"failed", "unreachable"} and not one.ignored:
            host.failure = self._failure(one, away=end == "unreachable")
            host.away = end == "unreachable"
        shown = "changed" if changed else "ok" if end == "failed" and one.ignored else end
        self._seen(one.host, shown, one.title)

    def _failure(self, one: Finished, *, away: bool) -> Failure:
        cause = self.mask(one.cause) or NOT_SAID
        if away:
            hint, temporary = hint_for(cause, otherwise=AWAY), passes_when_away(cause)
        else:
            hint, temporary = hint_for(cause, otherwise=HIDDEN if one.hidden else GENERIC), passes(cause)
        return Failure(resource=one.title, cause=cause, hint=hint, temporary=temporary)

    def _failure_elsewhere(self, other: str) -> Failure | None:
        """A task that runs once for all hosts failed for all of them."""
        found = self._hosts[other].failure
        return replace(found, cause=f"on {other}, for all: {found.cause}") if found else None


class _Host:
    """What is known of one host while Ansible runs. `failure`: the last; a `rescue` may have mended it since."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tasks = 0
        self.changes: list[HostChange] = []
        self.failure: Failure | None = None
        self.away = False
        self.item_changed = False
        self.status: HostStatus | None = None

    def result(self) -> HostResult:
        status = self.status or self._unjudged()
        failed = status in {HostStatus.FAILED, HostStatus.UNREACHABLE}
        return HostResult(
            host=self.name,
            status=status,
            tasks=self.tasks,
            changes=tuple(self.changes),
            failure=self.failure if failed else None,
        )

    def _unjudged(self) -> HostStatus:
        if self.failure is None:
            return HostStatus.INTERRUPTED
        return HostStatus.UNREACHABLE if self.away else HostStatus.FAILED
