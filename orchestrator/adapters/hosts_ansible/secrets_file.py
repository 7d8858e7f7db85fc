"""Where a region's secrets are kept: one file, encrypted by Ansible Vault, that plain `ansible-playbook` reads too.

ansible-playbook -e @secrets.yml --vault-password-file /etc/mutualis/passphrase ...
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from ansible.constants import DEFAULT_VAULT_IDENTITY
from ansible.errors import AnsibleError
from ansible.parsing.vault import VaultLib, VaultSecret

from orchestrator.adapters.hosts_ansible.region_secrets import Secrets
from orchestrator.adapters.records.private import write_whole
from orchestrator.errors import PermanentFailure

VARIABLE: Final = "mutualis_secrets"


class SecretsFile:
    """`path`: written whole, mode 0600. What leaves `read` is in the clear: it is for memory alone."""

    def __init__(self, path: Path, passphrase: str) -> None:
        self._path = path
        self._vault = VaultLib([(DEFAULT_VAULT_IDENTITY, VaultSecret(passphrase.encode()))])

    def read(self) -> Secrets:
        """{} when there are none yet. Raises PermanentFailure for another passphrase, or a broken file."""
        if not self._path.exists():
            return {}
        try:
            found = json.loads(self._vault.decrypt(self._path.read_bytes()))
        except (AnsibleError, ValueError, OSError) as error:
            raise PermanentFailure(
                f"cannot read the secrets of the hosts in {self._path}",
                hint="the passphrase must be the one that they were written with; without it hosts need new secrets",
            ) from error
        secrets: dict[str, Any] = found[VARIABLE]
        return secrets

    def write(self, secrets: Secrets) -> None:
        """Nothing is written when nothing changed: encrypting twice gives two texts."""
        if secrets != self.read():
            text = self._vault.encrypt(json.dumps({VARIABLE: secrets}, sort_keys=True).encode())
            write_whole(self._path, text.decode())
