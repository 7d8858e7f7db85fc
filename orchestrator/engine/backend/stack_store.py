"""One stack in its backend: found, loaded, written, taken away. The commands see no object but through here."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from orchestrator.engine.backend import checkpoint as checkpoints
from orchestrator.engine.backend import compression, history, journal, lock, secrets, settings_file
from orchestrator.engine.backend.address import open_bucket
from orchestrator.engine.backend.bucket import Bucket
from orchestrator.engine.backend.checkpoint import Checkpoint
from orchestrator.engine.backend.journal import Journal
from orchestrator.engine.backend.layout import META, Layout, split_name
from orchestrator.engine.backend.secrets import Vault
from orchestrator.engine.errors import BrokenState, EngineError, StateError

_META: Final = b"version: 1\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A stack's state as an operation finds it. `base`: digest of it; `left_over`: a journal was folded in."""

    checkpoint: Checkpoint
    base: str
    left_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StackStore:
    """`environment`: the operation's own, never the process's."""

    bucket: Bucket
    layout: Layout
    work_dir: Path
    environment: Mapping[str, str]

    @classmethod
    def at(cls, name: str, work_dir: Path, environment: Mapping[str, str]) -> StackStore:
        project = settings_file.project_name(work_dir)
        layout = Layout(project=project, stack=split_name(name, project))
        return cls(bucket=open_bucket(environment), layout=layout, work_dir=work_dir, environment=environment)

    def exists(self) -> bool:
        return bool(self.bucket.newest(self.layout.checkpoints))

    def require(self) -> StackStore:
        """Itself, if the stack exists."""
        if not self.exists():
            raise EngineError(f"error: no stack named '{self.layout.stack}' found", code=6)
        return self

    @contextmanager
    def held(self) -> Iterator[StackStore]:
        """Itself, with the stack's lock for the length of the block. Settings that cannot be are refused before."""
        compression.form_of(self.environment)
        history.kept(self.environment)
        with lock.hold(self.bucket, self.layout) as bucket:
            yield replace(self, bucket=bucket)

    def cancel(self) -> None:
        """Let Pulumi's command line go on: what a dead process left goes into the checkpoint, then locks go."""
        with lock.cancelling(self.bucket, self.layout) as bucket:
            mine = replace(self, bucket=bucket)
            if journal.is_left(bucket.read_journal(self.layout.journal)):
                loaded, vault = mine.load()
                if loaded.left_over:
                    mine.save(loaded.checkpoint, vault)
                bucket.drop_journal(self.layout.journal)

    def raw(self) -> tuple[bytes, dict[str, Any]]:
        """The checkpoint, unpacked, and the deployment in it, secrets still sealed."""
        key = self.require().bucket.newest(self.layout.checkpoints)
        where = self.bucket.where(key)
        data = self.bucket.read(key)
        if data is None:
            raise StateError(f"error: {where} vanished while it was read")
        with self._advising(key):
            whole = compression.unpack(data, where)
            return whole, checkpoints.raw_deployment(whole, where)

    def vault(self, deployment: Mapping[str, Any] | None = None) -> Vault:
        """The vault of the stack's salt; the first time, one with a salt that is then written down."""
        secret = secrets.passphrase(self.environment, self.work_dir)
        settings = settings_file.load_settings(self.work_dir, self.layout.stack)
        found = self._readable() if deployment is None else deployment
        recorded = checkpoints.salt_of(found, self._where)
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
        with self._advising(self._present):
            found = checkpoints.decode_deployment(deployment, vault.unseal, self._where)
        base, key = journal.digest(data), self.layout.journal
        left = self.bucket.read_journal(key)
        folded = journal.fold(left, self.bucket.where(key), base, found, vault.unseal)
        return Loaded(checkpoint=folded or found, base=base, left_over=folded is not None), vault

    def has_journal(self) -> bool:
        """Whether a dead process left something that is not in the checkpoint yet."""
        key = self.layout.journal
        base = journal.digest(self.raw()[0])
        return journal.has_content(self.bucket.read_journal(key), self.bucket.where(key), base)

    def begin_journal(self, base: str, vault: Vault) -> Journal:
        return Journal(self.bucket.begin_journal(self.layout.journal), base, vault.seal)

    def drop_journal(self) -> None:
        self.bucket.drop_journal(self.layout.journal)

    def save(self, checkpoint: Checkpoint, vault: Vault) -> bytes:
        """Write the state; returns the checkpoint, not packed."""
        whole = replace(checkpoint, salt=vault.salt_line)
        return self.save_deployment(checkpoints.encode_deployment(whole, vault.seal, time.time()))

    def save_deployment(self, deployment: Mapping[str, Any] | None) -> bytes:
        """Write it in the form that the environment sets; one in another form is kept as the one before."""
        data = checkpoints.file_bytes(self.layout.qualified, deployment)
        form = compression.form_of(self.environment)
        self._check_meta()
        key = self.layout.checkpoints[0] + form
        present = self.bucket.newest(self.layout.checkpoints)
        self.bucket.replace(key, f"{key}.bak", compression.pack(data, form))
        if present and present != key:
            self.bucket.rename(present, f"{present}.bak")
        return data

    def remove(self, *, keep_settings: bool) -> None:
        """Take the stack away; its last state is kept as the one before."""
        for key in self.layout.checkpoints:
            self.bucket.rename(key, f"{key}.bak")
        for key in (*self.bucket.keys(self.layout.history), self.layout.tags):
            self.bucket.delete(key)
        self.drop_journal()
        if not keep_settings:
            settings_file.remove_settings(self.work_dir, self.layout.stack)
        self.bucket.disown(self.layout.lock)

    def record(self, entry: history.Record, data: bytes) -> None:
        number = history.kept(self.environment)
        history.add(self.bucket, self.layout, entry, data, number)
        history.back_up(self.bucket, self.layout, data, number)

    def history(self) -> list[dict[str, Any]]:
        """All operations in the form that `stack history --json` prints, newest first."""
        return history.entries(self.bucket, self.layout)

    def tags(self) -> dict[str, str]:
        data = self.bucket.read(self.layout.tags)
        if data is None:
            return {}
        try:
            return dict(json.loads(data).get("tags") or {})
        except (ValueError, AttributeError, TypeError) as error:
            where = self.bucket.where(self.layout.tags)
            raise StateError(f"error: {where} holds no tags: {error}; remove it, and set the tags anew") from error

    def save_tags(self, tags: Mapping[str, str]) -> None:
        self.bucket.write(self.layout.tags, json.dumps({"version": 1, "tags": dict(tags)}).encode())

    @property
    def _where(self) -> str:
        return self.bucket.where(self._present)

    @property
    def _present(self) -> str:
        return self.bucket.newest(self.layout.checkpoints) or self.layout.checkpoints[0]

    def _readable(self) -> dict[str, Any]:
        """The deployment; {} for one that is broken, so that a good one can be imported over it."""
        try:
            return self.raw()[1]
        except BrokenState:
            return {}

    @contextmanager
    def _advising(self, key: str) -> Iterator[None]:
        """A broken checkpoint is told with the way back."""
        try:
            yield
        except BrokenState as error:
            kept = f"{key}.bak"
            if self.bucket.newest((kept,)):
                way = f"the one before the last write is {self.bucket.where(kept)}: look at it and put it in its place"
            else:
                way = "there is none from before"
            backups = self.bucket.where(self.layout.backups)
            raise BrokenState(
                f"{error}; {way}. Older ones are in {backups} (gunzip); or `stack import` a good export"
            ) from error

    def _check_meta(self) -> None:
        found = self.bucket.read(META)
        if found is None:
            self.bucket.write(META, _META)
        elif found.split() != _META.split():
            where = self.bucket.where(META)
            raise StateError(f"error: {where} says {found.decode(errors='replace').strip()!r}; only version 1 is known")

    def _salt_of_a_neighbour(self) -> str:
        """One salt for all stacks of a project and passphrase: a thousand stacks cost one derivation."""
        secret = secrets.passphrase(self.environment, self.work_dir)
        keys = [key for key in self.bucket.keys(self.layout.stacks) if key.endswith((".json", ".json.gz"))]
        for key in keys[:1]:
            try:
                where = self.bucket.where(key)
                data = compression.unpack(self.bucket.read(key) or b"", where)
                line = checkpoints.salt_of(checkpoints.raw_deployment(data, where), where)
                return secrets.unlock(secret, line).salt_line if line else ""
            except EngineError:
                return ""
        return ""
