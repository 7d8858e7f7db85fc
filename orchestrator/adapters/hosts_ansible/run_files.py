"""The files of a run of Ansible, and the arguments that name them."""

from __future__ import annotations

import secrets as random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from orchestrator.adapters.hosts_ansible.configuration import FORKS, configuration
from orchestrator.adapters.hosts_ansible.inventory_file import inventory_text
from orchestrator.adapters.hosts_ansible.passphrase_pipe import passphrase_pipe
from orchestrator.adapters.hosts_ansible.region_secrets import Secrets
from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile
from orchestrator.model.host_inventory import HostInventory

_FOLDERS: Final = ("home", "tmp", "ssh")


@dataclass(frozen=True, slots=True)
class RunFiles:
    """Secrets are encrypted here too, by a passphrase that lives as long as this object: the region's own stays away.

    So a folder that a killed run left opens to nobody.
    """

    folder: Path
    _passphrase: str = field(default_factory=lambda: random.token_urlsafe(32), repr=False)

    def write(self, inventory: HostInventory, secrets: Secrets, *, roles: Path, ssh_config: Path | None) -> None:
        for name in _FOLDERS:
            (self.folder / name).mkdir(mode=0o700)
        (self.folder / "inventory.yaml").write_text(inventory_text(inventory), encoding="utf-8")
        (self.folder / "ansible.cfg").write_text(configuration(self.folder, roles, ssh_config), encoding="utf-8")
        SecretsFile(self.folder / "secrets.yaml", self._passphrase).write(secrets)

    @contextmanager
    def arguments(self, hosts: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Good for one run: the passphrase can be read once."""
        limit = self.folder / "limit"
        limit.write_text("".join(f"{host}\n" for host in hosts), encoding="utf-8")
        with passphrase_pipe(self.folder / "passphrase", self._passphrase) as pipe:
            yield (
                *("--inventory", str(self.folder / "inventory.yaml")),
                *("--limit", f"@{limit}"),
                *("--forks", str(min(len(hosts), FORKS))),
                *("--extra-vars", f"@{self.folder / 'secrets.yaml'}"),
                *("--vault-password-file", str(pipe)),
            )
