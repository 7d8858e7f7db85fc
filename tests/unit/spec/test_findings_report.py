"""Findings as people and as machines read them."""

from __future__ import annotations

import json

from orchestrator.model.finding import Finding, ObjectRef, Position, Severity
from orchestrator.reporting.findings import findings_to_json, findings_to_text

ERROR = Finding(
    code="POL001",
    severity=Severity.ERROR,
    position=Position(file="a.yaml", line=3, column=7),
    message="wrong",
    path=("spec", "servers", 0, "flavor"),
    hint="mend it",
    object=ObjectRef(kind="Tenant", name="arcy"),
    reference="the law",
)
WAIVED = Finding(
    code="POL002", severity=Severity.ERROR, position=Position(file="b.yaml"), message="bad", waived_until="2026-12-31"
)


def test_text_says_where_what_and_what_to_do() -> None:
    """Two lines a finding, then the counts; a waived one is not counted as an error."""
    assert findings_to_text((ERROR, WAIVED)) == (
        "a.yaml:3:7: error POL001 spec.servers[0].flavor: wrong\n"
        "  hint: mend it\n"
        "b.yaml:1:1: waived until 2026-12-31 POL002: bad\n"
        "1 error, 1 waived\n"
    )


def test_no_findings_are_said_too() -> None:
    """Silence could be a crash."""
    assert findings_to_text(()) == "no findings\n"


def test_json_has_the_documented_shape() -> None:
    """Other tools build on these names."""
    document = json.loads(findings_to_json((ERROR, WAIVED)))
    assert document["schemaVersion"] == 1
    assert document["counts"] == {"error": 1, "warning": 0, "note": 0, "waived": 1}
    assert document["findings"][0] == {
        "code": "POL001",
        "severity": "error",
        "file": "a.yaml",
        "line": 3,
        "column": 7,
        "path": ["spec", "servers", 0, "flavor"],
        "message": "wrong",
        "hint": "mend it",
        "object": {"kind": "Tenant", "name": "arcy"},
        "reference": "the law",
        "waivedUntil": None,
    }
    assert document["findings"][1]["object"] is None
    assert document["findings"][1]["waivedUntil"] == "2026-12-31"


def test_names_of_files_cannot_move_the_cursor() -> None:
    """A file in a merge request may be called anything."""
    evil = Finding(code="X", severity=Severity.NOTE, position=Position(file="a\x1b[2J\nb"), message="m")
    assert findings_to_text((evil,)) == "a\\x1b[2J\\nb:1:1: note X: m\n1 note\n"
