"""Every code that can be found in specs has an example that shows the place and the words."""

from __future__ import annotations

import re

from source_tree import ROOT

from orchestrator.capacity.judge import CODES as CAPACITY_CODES
from orchestrator.spec.codes import TABLE

INVALID = ROOT / "tests" / "examples" / "invalid"
LEAST = 60
UNREACHED = {
    "SPEC029",  # a keyword of JSON Schema that messages has no words for; test_schemas says that there is none
}
PLACE = re.compile(r"^\S+:\d+:\d+: (?:error|warning|note) ([A-Z]{3,5}\d{3})[ :]", re.MULTILINE)


def shown() -> dict[str, set[str]]:
    """Case -> the codes that it expects."""
    cases = (case for case in INVALID.iterdir() if case.is_dir())
    return {case.name: set(PLACE.findall((case / "expected.txt").read_text("utf-8"))) for case in cases}


def test_every_code_of_specs_and_capacity_is_expected_somewhere() -> None:
    """With file, line and column."""
    known = {code.code for code in TABLE} | set(CAPACITY_CODES.values())
    assert known - UNREACHED - set().union(*shown().values()) == set()


def test_there_are_many_invalid_examples_and_each_expects_something() -> None:
    """A case without a place would pass for any finding."""
    cases = shown()
    assert len(cases) >= LEAST
    assert [name for name, codes in cases.items() if not codes] == []
