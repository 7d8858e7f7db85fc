"""One order of findings everywhere: as a reader walks through the files."""

from __future__ import annotations

from collections.abc import Iterable

from orchestrator.model.finding import Finding


def by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sorted by file, line, column; then by code, path and message, so that the same facts give the same text."""
    return tuple(sorted(findings, key=lambda one: (one.position, one.code, one.dotted_path, one.message)))
