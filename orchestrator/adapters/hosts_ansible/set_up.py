"""What sets hosts up, or measures them: a playbook with its roles, and one run of it over hosts."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestrator.adapters.hosts_ansible.ending import raise_unless_ended
from orchestrator.adapters.hosts_ansible.region_secrets import Secrets
from orchestrator.adapters.hosts_ansible.results import Results
from orchestrator.adapters.hosts_ansible.run import Heard, Run, carried_out
from orchestrator.adapters.hosts_ansible.run_files import RunFiles
from orchestrator.model.host_inventory import HostInventory

PROGRAM: Final = Path(sys.executable).with_name("ansible-playbook")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """`ssh_config`: read in place of the user's own, for test hosts."""

    playbook: Path
    roles: Path
    ssh_config: Path | None = None
    program: Path = PROGRAM

    def files(self, folder: Path, inventory: HostInventory, secrets: Secrets) -> RunFiles:
        """Written into a folder of `run_folder`, for as many runs as it takes."""
        files = RunFiles(folder)
        files.write(inventory, secrets, roles=self.roles, ssh_config=self.ssh_config)
        return files

    def run(
        self,
        files: RunFiles,
        results: Results,
        stopped: threading.Event,
        *,
        options: tuple[str, ...] = (),
        heard: Heard | None = None,
    ) -> None:
        """Once, over the hosts of which `results` know nothing yet. `heard`: told of the events in place of `results`.

        Raises TemporaryFailure and PermanentFailure when it did not come to its end, unless it was `stopped`.
        """
        with files.arguments(results.open) as arguments:
            run = Run(
                folder=files.folder,
                program=self.program,
                arguments=(*arguments, *options),
                playbook=self.playbook,
                heard=heard or results,
            )
            ended = carried_out(run)
        raise_unless_ended(ended, by_itself=results.ended(ended), stopped=stopped.is_set(), mask=results.mask)
