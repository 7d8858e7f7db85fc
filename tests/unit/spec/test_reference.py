"""The reference pages are made, never written."""

from __future__ import annotations

from pathlib import Path

import policies.reference
from orchestrator.spec import reference, schemas
from orchestrator.spec.codes import TABLE

DOCS = Path(__file__).parents[3] / "docs" / "spec"


def test_the_committed_pages_are_current() -> None:
    """Run `python -m orchestrator.spec.reference > docs/spec/reference.md`, and policies.reference, after a change."""
    assert (DOCS / "reference.md").read_text("utf-8") == reference.reference()
    assert (DOCS / "policies.md").read_text("utf-8") == policies.reference.reference()


def test_the_reference_holds_every_kind_field_and_code() -> None:
    """A field in a list of mappings stands with its path."""
    page = reference.reference()
    assert all(f"\n## {kind}\n" in page for kind in schemas.KINDS)
    assert "| `spec.servers[].networks[].address` | [address](#address) |" in page
    assert all(f"| {code.code} | {code.name} |" in page for code in TABLE)
