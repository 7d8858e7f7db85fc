"""What a host's scanner says (roles/audit/files/measure.sh), as text: the host may be hostile, so nothing is trusted.

Lines of `name:value`, no XML: there is nothing in it that could be expanded, included or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orchestrator.model.audit import Result

RULES: Final = 2000
"""The content has some 400 at the highest level; what comes after so many lines is not read."""

LETTERS: Final = 300
_RULE: Final = re.compile(r"xccdf_org\.ssgproject\.content_rule_([A-Za-z0-9_-]{1,120}):([a-z]{1,20})")
_ABOUT: Final = re.compile(r"(container|content|scanner):([A-Za-z0-9.+~:-]{1,60})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerAnswer:
    """`container`: whether it says that it is one; `content`, `scanner`: versions, "" if it does not say."""

    container: bool
    content: str
    scanner: str
    results: Mapping[str, Result]


def scanner_answer(text: str) -> ScannerAnswer:
    """Lines of another form are passed over; a rule that is named twice counts as it was named first."""
    about: dict[str, str] = {}
    results: dict[str, Result] = {}
    for line in text[: RULES * LETTERS].splitlines()[:RULES]:
        if found := _RULE.fullmatch(line.strip()):
            results.setdefault(found[1], _result(found[2]))
        elif found := _ABOUT.fullmatch(line.strip()):
            about.setdefault(found[1], found[2])
    return ScannerAnswer(
        container=about.get("container", "none") != "none",
        content=about.get("content", ""),
        scanner=about.get("scanner", ""),
        results=results,
    )


def _result(word: str) -> Result:
    try:
        return Result(word)
    except ValueError:
        return Result.UNKNOWN
