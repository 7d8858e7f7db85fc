"""A code means one thing for ever: no two rules or findings share one, and each stands in the code once."""

from __future__ import annotations

import re
from collections import Counter

from source_tree import ROOT, python_files

from orchestrator.capacity.judge import CODES as CAPACITY_CODES
from orchestrator.capacity.running import CODES as RUNNING_CODES
from orchestrator.spec.codes import TABLE
from policies import RULES
from policies.plan_rules import PLAN_RULES

ALL_RULES = (*RULES, *PLAN_RULES)
SHAPE = re.compile(r"[A-Z]{3,4}\d{3}")


def all_codes() -> list[str]:
    capacity = [*CAPACITY_CODES.values(), *RUNNING_CODES.values()]
    return [rule.code for rule in ALL_RULES] + [code.code for code in TABLE] + capacity


def test_codes_are_unique_and_well_formed() -> None:
    """Letters and three digits, once."""
    codes = all_codes()
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    assert [code for code in codes if not SHAPE.fullmatch(code)] == []


def test_names_of_rules_and_findings_are_unique() -> None:
    """People search by name."""
    names = [rule.name for rule in ALL_RULES] + [code.name for code in TABLE]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_rule_has_its_own_file_that_bears_its_code_and_name() -> None:
    """One rule a file, found by its code; a file that is not in RULES judges nothing."""
    for folder, rules in (("policies/rules", RULES), ("policies/plan_rules", PLAN_RULES)):
        files = {path.stem for path in python_files(folder) if path.stem != "__init__"}
        assert files == {f"{rule.code.lower()}_{rule.name.replace('-', '_')}" for rule in rules}


def test_every_rule_says_what_why_and_what_to_do() -> None:
    """Summary, hint and the text behind it."""
    assert [rule.code for rule in ALL_RULES if not (rule.summary and rule.hint and rule.reference)] == []


def test_no_other_code_is_made_up_elsewhere() -> None:
    """A code in the product that no table knows would be a finding that nobody can look up."""
    known = set(all_codes())
    unknown = set()
    for path in python_files("orchestrator", "policies"):
        unknown |= set(re.findall(r"\b(?:SPEC|POL|CAP)\d{3}\b", path.read_text(encoding="utf-8"))) - known
    assert unknown == set(), f"below {ROOT}"
