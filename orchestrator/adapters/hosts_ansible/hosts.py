"""Hosts as the use cases see them (`ports.HostApplier`), through Ansible and ansible-runner."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from orchestrator.adapters.hosts_ansible.brought import brought
from orchestrator.adapters.hosts_ansible.clouds_yaml import write_clouds
from orchestrator.adapters.hosts_ansible.due import due
from orchestrator.adapters.hosts_ansible.masking import Mask
from orchestrator.adapters.hosts_ansible.region_secrets import Secrets, completed
from orchestrator.adapters.hosts_ansible.results import Results
from orchestrator.adapters.hosts_ansible.run_files import RunFiles
from orchestrator.adapters.hosts_ansible.run_folder import run_folder
from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile
from orchestrator.adapters.hosts_ansible.set_up import SetUp
from orchestrator.adapters.hosts_ansible.version import content_version
from orchestrator.errors import Bug, PermanentFailure
from orchestrator.model.host_inventory import HostInventory
from orchestrator.model.host_result import HostResult
from orchestrator.ports import Clock, TaskSeen


class AnsibleHosts:
    """`state`: the region's folder; what a run needs lies elsewhere, in memory (docs/decisions/0018)."""

    def __init__(self, set_up: SetUp, secrets: SecretsFile, state: Path, clock: Clock) -> None:
        """Raises PermanentFailure when the program, the playbook or the roles are missing."""
        _refuse_missing(set_up)
        self._set_up = set_up
        self._secrets = secrets
        self._state = state
        self._clock = clock
        self._stopped = threading.Event()
        self._folder: Path | None = None
        self.version = content_version(set_up.roles, set_up.playbook.parent)

    def due(self, inventory: HostInventory) -> Mapping[str, str]:
        """Hosts that are to get new secrets."""
        return due(self._secrets.read(), inventory, self._clock.now())

    def check(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostResult]:
        """Secrets that are missing are made up for it, and kept nowhere."""
        return self._results(inventory, hosts, seen, self._completed(inventory), ("--check", "--diff"))

    def apply(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostResult]:
        """New secrets are on disk, encrypted, before the first host learns one; so is the way to the cloud to be."""
        secrets = self._completed(inventory)
        self._secrets.write(secrets)
        write_clouds(self._state, inventory, secrets)
        return self._results(inventory, hosts, seen, secrets, ())

    def interrupt(self) -> None:
        """The task that is in work ends on every host; the next one is not begun."""
        self._stopped.set()
        if (folder := self._folder) is not None:
            _ask_to_halt(folder)

    def _completed(self, inventory: HostInventory) -> Secrets:
        known = self._secrets.read()
        return completed(known, inventory, self._clock.now(), brought(self._state, inventory, known))

    def _results(
        self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen, secrets: Secrets, options: tuple[str, ...]
    ) -> Mapping[str, HostResult]:
        """Ansible leaves the other plays out once every host of one has failed; hosts that were well then run again."""
        if unknown := sorted(set(hosts) - {host.name for host in inventory.hosts}):
            raise Bug(f"{', '.join(unknown)} stands in no spec of region {inventory.region}")
        results = Results(hosts, Mask(secrets), seen)
        with run_folder(self._state, self._stopped) as folder:
            files = self._set_up.files(folder, inventory, secrets)
            self._folder = folder
            try:
                while results.open and not self._stopped.is_set():
                    self._run(files, results, options)
            finally:
                self._folder = None
        return results.of_all()

    def _run(self, files: RunFiles, results: Results, options: tuple[str, ...]) -> None:
        hosts = results.open
        if self._stopped.is_set():  # it was asked before `interrupt` could know the folder
            _ask_to_halt(files.folder)
        self._set_up.run(files, results, self._stopped, options=options)
        if results.open == hosts and not self._stopped.is_set():
            raise PermanentFailure(
                f"Ansible ended before all plays of {self._set_up.playbook.name}, and no host had failed",
                hint="this is a mistake of the playbook",
            )


def _ask_to_halt(folder: Path) -> None:
    with suppress(FileNotFoundError):  # the run has just ended
        (folder / "halt").touch()


def _refuse_missing(set_up: SetUp) -> None:
    for path in (set_up.playbook, set_up.roles, set_up.program):
        if not path.exists():
            raise PermanentFailure(f"there is no {path}", hint="run mutualis from a clone: scripts/setup.sh hosts")
