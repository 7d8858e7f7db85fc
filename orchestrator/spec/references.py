"""What the documents of a region say of each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from orchestrator.model.finding import Finding, ObjectRef, Position
from orchestrator.spec import codes
from orchestrator.spec.document import Document


def resolve(
    folder: Path, documents: Sequence[Document], valid: Sequence[Document], rules: Collection[str]
) -> list[Finding]:
    """Findings over documents. `documents`: all that could be read; `valid`: those whose form is right."""
    del valid, rules
    findings: list[Finding] = []
    seen: dict[ObjectRef, Document] = {}
    for document in documents:
        if document.ref and document.ref in seen:
            hint = f"the first one is {seen[document.ref].position()}"
            place = document.position(("metadata", "name"))
            findings.append(codes.finding("duplicate-object", place, f"{document.ref} exists twice", hint=hint))
        elif document.ref:
            seen[document.ref] = document
    for kind in ("Region", "Catalogue"):
        count = sum(1 for document in documents if document.kind == kind)
        if count != 1:
            place = Position(file=str(folder))
            message = f"{count} documents of kind {kind}; there must be one"
            findings.append(codes.finding("not-exactly-one", place, message, hint=f"keep one {kind}"))
    return findings
