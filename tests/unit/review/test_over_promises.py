"""Every scenario's merge request that promises too much: its review refuses it before anybody merges."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from git_repository import Repository, working_copy
from over_promises import OVER_PROMISES
from scenario_regions import NAMES, SCENARIOS, changed, one_more_host

from orchestrator.model.review import Review
from orchestrator.reporting.review import review_to_markdown
from orchestrator.wiring.review import reviewed


def review(repository: Repository, name: str) -> Review:
    """Of what is committed, against main."""
    repository.commit()
    folder = Path("inventory", name)
    found, _ = reviewed(repository.place, folder, base="main", head="HEAD", rules=None, load=Fraction(1, 2))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_merge_request_is_refused_with_the_number_missing_until_a_host_comes(name: str, tmp_path: Path) -> None:
    """The refusal is the change's own, and the comment says how much is missing; with one more host it is accepted."""
    over = OVER_PROMISES[name]
    repository = working_copy(tmp_path / "copy", SCENARIOS / name)
    repository.branch("more")
    region = repository.place / "inventory" / name
    changed(region, over.changes)
    found = review(repository, name)
    assert [finding.code for finding in found.policy.new if finding.refuses] == [over.code]
    assert found.refuses
    assert over.missing in review_to_markdown(found).replace("\\", "")
    one_more_host(region, over.host)
    changed(region, over.shelf)
    assert not review(repository, name).refuses
