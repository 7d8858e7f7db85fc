"""What a person asked of an operation, beside the program."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def _default_parallel() -> int:
    """Pulumi's own: four steps a processor."""
    return 4 * (os.cpu_count() or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`dry_run`: a preview. `parallel`: steps at once. The other names are those of the command line."""

    dry_run: bool
    parallel: int = field(default_factory=_default_parallel)
    targets: frozenset[str] = frozenset()
    target_dependents: bool = False
    excludes: frozenset[str] = frozenset()
    exclude_dependents: bool = False
    replaces: frozenset[str] = frozenset()
    refresh: bool = False
    continue_on_error: bool = False
    exclude_protected: bool = False
    expect_no_changes: bool = False
