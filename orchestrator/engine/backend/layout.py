"""Where Pulumi's `file://` backend keeps what of a stack. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from orchestrator.engine.errors import EngineError

ORGANIZATION: Final = "organization"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The paths of one stack. `root`: the directory that holds `.pulumi`."""

    root: Path
    project: str
    stack: str

    @property
    def qualified(self) -> str:
        return f"{ORGANIZATION}/{self.project}/{self.stack}"

    @property
    def home(self) -> Path:
        return self.root / ".pulumi"

    @property
    def meta(self) -> Path:
        return self.home / "meta.yaml"

    @property
    def stacks(self) -> Path:
        return self.home / "stacks" / self.project

    @property
    def checkpoint(self) -> Path:
        return self.stacks / f"{self.stack}.json"

    @property
    def before(self) -> Path:
        """The checkpoint before the last write."""
        return self.stacks / f"{self.stack}.json.bak"

    @property
    def tags(self) -> Path:
        return self.stacks / f"{self.stack}.pulumi-tags"

    @property
    def journal(self) -> Path:
        """Ours: what an operation did since it loaded the checkpoint. Pulumi skips names that end so."""
        return self.stacks / f"{self.stack}.journal"

    @property
    def kernel_lock(self) -> Path:
        """Ours: the file whose lock the kernel lets go when its owner dies."""
        return self.stacks / f"{self.stack}.lock"

    @property
    def locks(self) -> Path:
        """Pulumi's: any file in here means that somebody else works on the stack."""
        return self.home / "locks" / ORGANIZATION / self.project / self.stack

    @property
    def history(self) -> Path:
        return self.home / "history" / self.project / self.stack

    @property
    def backups(self) -> Path:
        return self.home / "backups" / self.project / self.stack


def backend_root(environment: Mapping[str, str]) -> Path:
    """The directory of a `file:///abs` address in `PULUMI_BACKEND_URL`."""
    url = environment.get("PULUMI_BACKEND_URL", "")
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc or not parts.path.startswith("/"):
        raise EngineError(
            f"error: PULUMI_BACKEND_URL is {url!r}: the embedded engine keeps state under file:///absolute/path only; "
            "for s3:// and postgres:// use the official engine"
        )
    return Path(unquote(parts.path))


def split_name(name: str, project: str) -> str:
    """The stack's own name from `S`, `organization/S` or `organization/P/S`."""
    parts = name.split("/")
    known = {1: [], 2: [ORGANIZATION], 3: [ORGANIZATION, project]}.get(len(parts))
    if known is None or parts[:-1] != known:
        raise EngineError(f"error: stack name {name!r}: write S or {ORGANIZATION}/{project}/S")
    stack = parts[-1]
    if not stack or len(stack) > 100 or not all(c.isascii() and (c.isalnum() or c in "-_.") for c in stack):  # noqa: PLR2004  Pulumi's own limit
        raise EngineError(
            f"error: stack name {stack!r}: a stack name may only contain alphanumeric characters, hyphens, "
            "underscores and periods, and at most 100 of them"
        )
    return stack
