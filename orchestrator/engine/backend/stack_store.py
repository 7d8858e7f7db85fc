"""One stack in its backend: found, loaded, written, taken away. The commands see no file but through here."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from orchestrator.engine.backend import checkpoint as checkpoints
from orchestrator.engine.backend import files, history, journal, secrets, settings_file
from orchestrator.engine.backend.checkpoint import Checkpoint
from orchestrator.engine.backend.layout import Layout, backend_root, split_name
from orchestrator.engine.backend.secrets import Vault
from orchestrator.engine.errors import EngineError


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A stack's state as an operation finds it. `base`: digest of the file; `left_over`: a journal was folded in."""

    checkpoint: Checkpoint
    base: str
    left_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StackStore:
    """`environment`: the operation's own, never the process's."""

    layout: Layout
    work_dir: Path
    environment: Mapping[str, str]

    @classmethod
    def at(cls, name: str, work_dir: Path, environment: Mapping[str, str]) -> StackStore:
        project = settings_file.project_name(work_dir)
        layout = Layout(root=backend_root(environment), project=project, stack=split_name(name, project))
        return cls(layout=layout, work_dir=work_dir, environment=environment)

    def exists(self) -> bool:
        return self.layout.checkpoint.exists()

    def require(self) -> StackStore:
        """Itself, if the stack exists."""
        if not self.exists():
            raise EngineError(f"error: no stack named '{self.layout.stack}' found", code=6)
        return self

    def raw(self) -> tuple[bytes, dict[str, Any]]:
        """The checkpoint file and the deployment in it, secrets still sealed."""
        self.require()
        data = self.layout.checkpoint.read_bytes()
        return data, checkpoints.raw_deployment(data, self.layout.checkpoint)

    def vault(self, deployment: Mapping[str, Any] | None = None) -> Vault:
        """The vault of the stack's salt; the first time, one with a salt that is then written down."""
        secret = secrets.passphrase(self.environment, self.work_dir)
        settings = settings_file.load_settings(self.work_dir, self.layout.stack)
        found = self.raw()[1] if deployment is None else deployment
        recorded = checkpoints.salt_of(found, self.layout.checkpoint)
        line = recorded or settings.get("encryptionsalt") or self._salt_of_a_neighbour()
        vault = secrets.unlock(secret, line) if line else secrets.fresh(secret)
        if settings.get("encryptionsalt") != vault.salt_line:
            settings_file.save_settings(
                self.work_dir, self.layout.stack, {**settings, "encryptionsalt": vault.salt_line}
            )
        return vault

    def load(self, vault: Vault | None = None) -> tuple[Loaded, Vault]:
        """The state, with what a dead process left in its journal."""
        data, deployment = self.raw()
        vault = vault or self.vault(deployment)
        found = checkpoints.decode_deployment(deployment, vault.unseal, self.layout.checkpoint)
        base = journal.digest(data)
        folded = journal.fold(self.layout.journal, base, found, vault.unseal)
        return Loaded(checkpoint=folded or found, base=base, left_over=folded is not None), vault

    def save(self, checkpoint: Checkpoint, vault: Vault) -> bytes:
        """Write the state; returns the file's content."""
        whole = replace(checkpoint, salt=vault.salt_line)
        deployment = checkpoints.encode_deployment(whole, vault.seal, time.time())
        return self.save_deployment(deployment)

    def save_deployment(self, deployment: Mapping[str, Any] | None) -> bytes:
        data = checkpoints.file_bytes(self.layout.qualified, deployment)
        if not self.layout.meta.exists():
            files.write(self.layout.meta, b"version: 1\n")
        checkpoints.replace_file(self.layout.checkpoint, self.layout.before, data)
        return data

    def remove(self, *, keep_settings: bool) -> None:
        self.layout.checkpoint.replace(self.layout.before)
        shutil.rmtree(self.layout.history, ignore_errors=True)
        for path in (self.layout.tags, self.layout.journal):
            path.unlink(missing_ok=True)
        if not keep_settings:
            settings_file.remove_settings(self.work_dir, self.layout.stack)

    def record(self, entry: history.Record, data: bytes) -> None:
        history.add(self.layout, entry, data)
        history.back_up(self.layout, data)

    def tags(self) -> dict[str, str]:
        if not self.layout.tags.exists():
            return {}
        return dict(json.loads(self.layout.tags.read_bytes()).get("tags") or {})

    def save_tags(self, tags: Mapping[str, str]) -> None:
        files.write(self.layout.tags, json.dumps({"version": 1, "tags": dict(tags)}).encode())

    def _salt_of_a_neighbour(self) -> str:
        """One salt for all stacks of a project and passphrase: a thousand stacks cost one derivation."""
        secret = secrets.passphrase(self.environment, self.work_dir)
        for path in sorted(self.layout.stacks.glob("*.json"))[:1]:
            try:
                line = checkpoints.salt_of(checkpoints.raw_deployment(path.read_bytes(), path), path)
                return secrets.unlock(secret, line).salt_line if line else ""
            except (OSError, EngineError):
                return ""
        return ""
