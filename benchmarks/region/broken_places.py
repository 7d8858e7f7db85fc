"""Ten mistakes that people make, each in one place of a tenant's file, each seen by a JSON Schema alone.

No mistake needs more than the schema (a wrong reference, a repeated key), so that no peer is asked for what it does
not offer.
"""

from __future__ import annotations

from dataclasses import dataclass

from region.replacing import replaced_once


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """`old` becomes `new`; the place to name is where `at` begins, the first one from there on."""

    what: str
    old: str
    new: str
    at: str


MISTAKES = (
    Mistake(what="misspelt field", old="  displayName:", new="  displayname:", at="displayname"),
    Mistake(what="value not offered", old="kind: epci", new="kind: duchy", at="duchy"),
    Mistake(what="text for a number", old="population: 31000", new="population: many", at="many"),
    Mistake(what="against the pattern", old="- name: auditors", new="- name: Auditors_", at="Auditors_"),
    Mistake(what="below the minimum", old="noticeMonths: 12", new="noticeMonths: -1", at="-1"),
    Mistake(what="above the maximum", old="portMin: 443", new="portMin: 70000", at="70000"),
    Mistake(what="missing field", old="contacts:\n    technical", new="contacts:\n    # technical", at="contacts"),
    Mistake(what="not allowed in a list", old="roles: [reader]", new="roles: [reader, {}]", at="{}"),
    Mistake(what="text for true", old="protect: true", new='protect: "yes"', at='"yes"'),
    Mistake(what="zero", old="sizeGiB: 100", new="sizeGiB: 0", at="0"),
)


def broken(text: str, number: int) -> tuple[str, tuple[int, int]]:
    """The text with the mistake of that number (they repeat), and its place: line and column, from 1."""
    mistake = MISTAKES[number % len(MISTAKES)]
    start = text.index(mistake.old)
    result = replaced_once(text, mistake.old, mistake.new)
    offset = result.index(mistake.at, start)
    line = result.count("\n", 0, offset) + 1
    return result, (line, offset - result.rfind("\n", 0, offset))
