"""Each rule, by the two regions that show it: one that keeps it and one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from region_examples import EXAMPLES, cases, judged, told

from orchestrator.model.rule import JudgingRule
from policies import RULES


def test_every_rule_has_its_pair_of_examples() -> None:
    """And no example is left over."""
    assert [f"{rule.code.lower()}-{rule.name}" for rule in RULES] == [case.name for case in cases("policies")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_region_that_keeps_the_rule_has_no_finding(rule: JudgingRule, tmp_path: Path) -> None:
    """Not of this rule, not of another."""
    validation = judged(example(rule, "passing"), tmp_path / "region")
    assert validation.findings == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_region_that_breaks_the_rule_has_exactly_its_findings(rule: JudgingRule, tmp_path: Path) -> None:
    """At the value that breaks it, to the letter; an error refuses the region, a warning does not."""
    case = example(rule, "failing")
    validation = judged(case, tmp_path / "region")
    assert told(validation, tmp_path / "region") == (case / "expected.txt").read_text("utf-8")
    assert {finding.code for finding in validation.findings if not finding.waived_until} == {rule.code}
    assert (validation.specs is None) == any(finding.refuses for finding in validation.findings)


def example(rule: JudgingRule, which: str) -> Path:
    return next((EXAMPLES / "policies").glob(f"{rule.code.lower()}-*")) / which
