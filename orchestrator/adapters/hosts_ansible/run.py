"""One run of ansible-playbook, by ansible-runner: the only door to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ansible_runner import Runner, RunnerConfig

CALLBACKS: Final = Path(__file__).with_name("callbacks")
_KEPT: Final = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "SSH_AUTH_SOCK")
"""Of our environment: what programs and ssh need. No credential is in it, and no setting of Ansible."""

_RUNNERS: Final = (
    *("AWX_ISOLATED_DATA_DIR", "ANSIBLE_CALLBACK_PLUGINS", "ANSIBLE_STDOUT_CALLBACK", "ANSIBLE_RETRY_FILES_ENABLED"),
    *("RUNNER_OMIT_EVENTS", "RUNNER_ONLY_FAILED_EVENTS"),
)
_LINES: Final = 40
_PLAIN: Final = ("verbose", "error", "warning", "system_warning", "deprecated")
Heard = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`folder`: of the run, with everything in it that `arguments` name. `heard`: told of each event."""

    folder: Path
    program: Path
    arguments: Sequence[str]
    playbook: Path
    heard: Heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """`code`: None when it was killed; `said`: its last lines that belong to no task.

    Of hosts that its sums are silent of (callbacks/mutualis_halt.py): `unbegun` were left out of a play; `stopped`
    were given up, each for what failed on another.
    """

    code: int | None
    said: tuple[str, ...] = ()
    unbegun: frozenset[str] = frozenset()
    stopped: Mapping[str, str] = field(default_factory=dict)


def carried_out(run: Run) -> Ended:
    """Return when Ansible has ended. Whatever is raised meanwhile, it does not outlive this."""
    said: deque[str] = deque(maxlen=_LINES)

    def heard(event: Mapping[str, Any]) -> bool:
        if event.get("event") in _PLAIN:
            said.append(event.get("stdout") or "")
        return run.heard(event)

    account = run.folder / "account.json"
    account.unlink(missing_ok=True)
    runner = Runner(_config(run), event_handler=heard)
    try:
        runner.run()
    except BaseException:
        _kill(run.folder)
        raise
    finally:
        close_connections(run.folder)
    found = json.loads(account.read_text(encoding="utf-8")) if account.exists() else {"unbegun": (), "stopped": {}}
    return Ended(code=runner.rc, said=tuple(said), unbegun=frozenset(found["unbegun"]), stopped=found["stopped"])


def close_connections(folder: Path) -> None:
    """End the connections that ssh keeps open for a next task: no process of ours stays behind."""
    sockets = [path for path in (folder / "ssh").glob("*") if path.is_socket()]
    line = ("ssh", "-F", os.devnull, "-o", "ControlPath={}", "-O", "exit", "unused")
    ending = [
        subprocess.Popen(
            [part.format(path) for part in line],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for path in sockets
    ]
    for one in ending:
        one.wait()


def _config(run: Run) -> Any:
    """Nothing is written but into the run's folder; nothing of our environment goes in that is not named here."""
    config = RunnerConfig(
        private_data_dir=str(run.folder),
        project_dir=str(run.folder),
        playbook=str(run.playbook),
        ident="run",
        quiet=True,
        suppress_output_file=True,
        suppress_env_files=True,
        fact_cache_type="memory",
        envvars={"ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS)},
    )
    config.prepare()
    config.command = [str(run.program), *run.arguments, str(run.playbook)]
    config.env = {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        **{name: config.env[name] for name in _RUNNERS},
        "ANSIBLE_CONFIG": str(run.folder / "ansible.cfg"),
        "MUTUALIS_RUN": str(run.folder),
        "PYTHONSAFEPATH": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
    }
    return config


def _kill(folder: Path) -> None:
    """ansible-runner made Ansible the leader of a session of its own."""
    with suppress(OSError, ValueError):
        os.killpg(int((folder / "running").read_text()), signal.SIGTERM)
