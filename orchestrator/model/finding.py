"""What is wrong with a spec or a plan, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str | int, ...]
"""Keys and indices from the top of a document, e.g. ("spec", "servers", 0, "flavor")."""


class Severity(StrEnum):
    ERROR = "error"  # refused
    WARNING = "warning"  # shown, goes on
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Position:
    """Where in a file: line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRef:
    """A document by its identity, e.g. Tenant `drancy`."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with a spec or a plan.

    `code`: stable, e.g. `SPEC003`, `POL001`; `path`: within the document; `message`: what is wrong;
    `hint`: what to do; `waived_until`: ISO date if a waiver suspends it.
    """

    code: str
    severity: Severity
    position: Position
    message: str
    path: Path = ()
    hint: str = ""
    object: ObjectRef | None = None
    reference: str = ""
    waived_until: str = ""

    @property
    def refuses(self) -> bool:
        """Whether the run stops here."""
        return self.severity is Severity.ERROR and not self.waived_until

    @property
    def dotted_path(self) -> str:
        """The path as people write it: `spec.servers[0].flavor`."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text
