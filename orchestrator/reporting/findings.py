"""Findings as text for people and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from orchestrator.model.finding import Finding, ObjectRef, Position, Severity

SCHEMA_VERSION: Final = 1
"""Of the JSON. It grows by one when a field changes its meaning or goes; new fields come without notice."""

_WAIVED: Final = "waived"
_COUNTED: Final = (Severity.ERROR.value, Severity.WARNING.value, Severity.NOTE.value, _WAIVED)


def findings_to_text(findings: Sequence[Finding]) -> str:
    """Two lines a finding, `file:line:col: error CODE path: message` and its hint; a last line that counts them."""
    lines = [line for finding in findings for line in finding_lines(finding)]
    return "\n".join([*lines, counts_line(findings)]) + "\n"


def findings_to_json(findings: Sequence[Finding]) -> str:
    """One object.

    `schemaVersion`: 1; `counts`: number by `error`, `warning`, `note`, `waived` (a waived one counts nowhere else);
    `findings`: list of `code`, `severity`, `file`, `line`, `column` (from 1), `path` (list of keys and indices),
    `message`, `hint`, `object` (`kind`, `name`; null if unknown), `reference`, `waivedUntil` (ISO date or null).
    """
    document = {
        "schemaVersion": SCHEMA_VERSION,
        "counts": _counts(findings),
        "findings": [finding_as_data(finding) for finding in findings],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def finding_as_data(finding: Finding) -> dict[str, Any]:
    """One finding as it stands in JSON."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.position.file,
        "line": finding.position.line,
        "column": finding.position.column,
        "path": list(finding.path),
        "message": finding.message,
        "hint": finding.hint,
        "object": {"kind": finding.object.kind, "name": finding.object.name} if finding.object else None,
        "reference": finding.reference,
        "waivedUntil": finding.waived_until or None,
    }


def finding_from_data(data: Mapping[str, Any]) -> Finding:
    """A finding as it stood in JSON. Raises KeyError, TypeError or ValueError for what is none."""
    return Finding(
        code=data["code"],
        severity=Severity(data["severity"]),
        position=Position(file=data["file"], line=data["line"], column=data["column"]),
        message=data["message"],
        path=tuple(data["path"]),
        hint=data["hint"],
        object=ObjectRef(kind=data["object"]["kind"], name=data["object"]["name"]) if data["object"] else None,
        reference=data["reference"],
        waived_until=data["waivedUntil"] or "",
    )


def counts_line(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning, 1 waived`, or `no findings`."""
    said = [f"{count} {_plural(name, count)}" for name, count in _counts(findings).items() if count]
    return ", ".join(said) or "no findings"


def finding_lines(finding: Finding) -> list[str]:
    """One or two lines: what is wrong and where, and what to do."""
    word = f"waived until {finding.waived_until}" if finding.waived_until else finding.severity.value
    path = f" {finding.dotted_path}" if finding.path else ""
    line = f"{finding.position}: {word} {finding.code}{path}: {finding.message}"
    return [printable(line), printable(f"  hint: {finding.hint}")] if finding.hint else [printable(line)]


def printable(text: str) -> str:
    """One line that cannot move a terminal's cursor: names of files and values of specs are other people's text."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    counts = dict.fromkeys(_COUNTED, 0)
    for finding in findings:
        counts[_WAIVED if finding.waived_until else finding.severity.value] += 1
    return counts


def _plural(name: str, count: int) -> str:
    return name if count == 1 or name == _WAIVED else f"{name}s"
