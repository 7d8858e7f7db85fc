"""How Pulumi's DIY backends name what belongs to a stack. Nothing here reads or writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from orchestrator.engine.errors import EngineError

ORGANIZATION: Final = "organization"
META: Final = ".pulumi/meta.yaml"
STACKS: Final = ".pulumi/stacks"
LOCKS: Final = ".pulumi/locks"
FORMS: Final = (".json", ".json.gz", ".json.zst")  # of a checkpoint, by how it is compressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The keys of one stack."""

    project: str
    stack: str

    @property
    def qualified(self) -> str:
        return f"{ORGANIZATION}/{self.project}/{self.stack}"

    @property
    def stacks(self) -> str:
        return f"{STACKS}/{self.project}"

    @property
    def checkpoints(self) -> tuple[str, ...]:
        """Where the state may stand: plain or compressed."""
        return tuple(f"{self.stacks}/{self.stack}{form}" for form in FORMS)

    @property
    def tags(self) -> str:
        return f"{self.stacks}/{self.stack}.pulumi-tags"

    @property
    def journal(self) -> str:
        """Ours: what an operation did since it loaded the checkpoint. Pulumi skips names that end so."""
        return f"{self.stacks}/{self.stack}.journal"

    @property
    def lock(self) -> str:
        """Ours: what is held by the kernel's or the database's lock, which goes when its owner dies."""
        return f"{self.stacks}/{self.stack}.lock"

    @property
    def locks(self) -> str:
        """Pulumi's: anything in here means that somebody else works on the stack."""
        return f"{LOCKS}/{ORGANIZATION}/{self.project}/{self.stack}"

    @property
    def history(self) -> str:
        return f".pulumi/history/{self.project}/{self.stack}"

    @property
    def backups(self) -> str:
        return f".pulumi/backups/{self.project}/{self.stack}"


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
