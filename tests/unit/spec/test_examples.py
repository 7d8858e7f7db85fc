"""The examples: a new case is a new folder. An invalid one says in `expected.txt` what a user sees, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from region_examples import cases, judged, told


@pytest.mark.parametrize("case", cases("invalid"), ids=lambda case: case.name)
def test_an_invalid_region_is_refused_with_every_finding(case: Path, tmp_path: Path) -> None:
    """The findings are exactly the expected ones, and no specs come out."""
    validation = judged(case, tmp_path / "region")
    assert told(validation, tmp_path / "region") == (case / "expected.txt").read_text("utf-8")
    assert validation.specs is None


@pytest.mark.parametrize("case", cases("valid"), ids=lambda case: case.name)
def test_a_valid_region_becomes_specs(case: Path, tmp_path: Path) -> None:
    """Nothing refuses it; what is waived stays visible."""
    validation = judged(case, tmp_path / "region")
    assert validation.specs is not None
    assert [finding.message for finding in validation.findings if not finding.waived_until] == []


def test_the_same_region_is_told_the_same_way_twice(tmp_path: Path) -> None:
    """Order depends on files and places alone."""
    case = next(path for path in cases("invalid") if path.name == "reference-tenant")
    first, second = (told(judged(case, tmp_path / name), tmp_path / name) for name in ("one", "two"))
    assert first == second
