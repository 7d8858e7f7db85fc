"""How many findings of one file are made: a hostile file could have tens of thousands, each with its suggestion."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from orchestrator.model.finding import Finding
from orchestrator.spec import codes
from orchestrator.spec.document import Document

MOST_FINDINGS: Final = 200
"""More is a file of another kind, not a file with mistakes."""


def at_most(document: Document, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first findings, taken one by one; a last one says that there are more."""
    found = tuple(islice(findings, MOST_FINDINGS + 1))
    if len(found) <= MOST_FINDINGS:
        return found
    message = f"this file has more than {MOST_FINDINGS} findings; the rest is not shown"
    more = codes.finding("more-findings", document.position(), message, hint="mend the ones that are shown first")
    return (*found[:MOST_FINDINGS], more)
