"""Ends a playbook between two tasks when asked to, or when nobody is left who listens; tells who took part.

Between tasks, because a task that is torn leaves half of what it did: a package half installed, a lock held.
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import Any, Final

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: mutualis_halt
type: notification
short_description: End between two tasks when the file C(halt) appears, or the parent process is gone
description:
  - C(MUTUALIS_RUN) in the environment names the run's folder.
  - While Ansible or one of its workers lives, the file C(running) there is locked (flock); it holds the process id.
  - C(account.json) there names the hosts that Ansible's own sums are silent of. C(unbegun) are those left out of a
    play, because every host of another one, or of the batch before, had failed. C(stopped) are those given up because
    a task failed that runs once for all, each with the host on which it did.
options: {}
"""
FOLDER: Final = "MUTUALIS_RUN"


class CallbackModule(CallbackBase):  # type: ignore[misc]  # ansible-core ships no types
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "mutualis_halt"

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(os.environ[FOLDER])
        self._parent = os.getppid()
        self._expected: dict[str, set[str]] = {}
        self._batch: set[str] = set()
        self._stopped: dict[str, str] = {}
        # workers inherit the lock: it is released when the last of them is gone
        self._running = (self._folder / "running").open("w")
        fcntl.flock(self._running, fcntl.LOCK_EX)
        self._running.write(str(os.getpid()))
        self._running.flush()

    def v2_playbook_on_start(self, playbook: Any) -> None:
        self._expected = {_identity(play): _hosts(play) for play in playbook.get_plays()}

    def v2_playbook_on_play_start(self, play: Any) -> None:
        """Once a batch: Ansible's inventory then knows the hosts of the batch only."""
        self._batch = _hosts(play)
        self._expected.get(_identity(play), set()).difference_update(self._batch)

    def v2_playbook_on_task_start(self, task: Any, is_conditional: Any) -> None:  # noqa: ARG002 (Ansible's signature)
        self._halt_if_asked()

    def v2_playbook_on_handler_task_start(self, task: Any) -> None:  # noqa: ARG002 (Ansible's signature)
        self._halt_if_asked()

    def v2_runner_on_failed(self, result: Any, ignore_errors: Any = None) -> None:
        if not ignore_errors:
            self._stop_others(result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._stop_others(result)

    def v2_playbook_on_stats(self, stats: Any) -> None:  # noqa: ARG002 (Ansible's signature)
        account = {"unbegun": sorted(set().union(*self._expected.values())), "stopped": self._stopped}
        (self._folder / "account.json").write_text(json.dumps(account), encoding="utf-8")

    def _stop_others(self, result: Any) -> None:
        if result.task.run_once or result.task.any_errors_fatal:
            own = result.host.get_name()
            self._stopped |= dict.fromkeys(sorted(self._batch - {own}), own)

    def _halt_if_asked(self) -> None:
        """As Ctrl-C would, which Ansible lets through where it would only tell of other errors."""
        if (self._folder / "halt").exists() or os.getppid() != self._parent:
            raise KeyboardInterrupt


def _identity(play: Any) -> str:
    """ansible-runner's plugin numbers the batches of a play behind it."""
    return str(play._uuid).partition("_")[0]  # noqa: SLF001 (has no other name)


def _hosts(play: Any) -> set[str]:
    inventory = play.get_variable_manager()._inventory  # noqa: SLF001 (the same)
    return {host.name for host in inventory.get_hosts(play.hosts)}
