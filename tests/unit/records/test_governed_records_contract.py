"""What every GovernedRecords must do: the one of a file and the fake of tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_governed_records import FakeGovernedRecords

from orchestrator.adapters.records.governed_file import GovernedFile
from orchestrator.model.approvals import Governed
from orchestrator.model.region import ApprovalRule, ChangeKind
from orchestrator.ports import GovernedRecords

KEPT = Governed(
    approvals=(ApprovalRule(change=ChangeKind.WAIVERS, roles=("dpo", "rssi")),), policy="p", waivers={"caen-ssh": "w"}
)


@pytest.fixture(params=["file", "fake"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> GovernedRecords:
    makers: dict[str, Callable[[], GovernedRecords]] = {
        "file": lambda: GovernedFile(tmp_path / "loire" / "governed.json"),
        "fake": FakeGovernedRecords,
    }
    return makers[request.param]()


def test_there_is_none_before_the_first_apply(records: GovernedRecords) -> None:
    """Whoever updates it is told so."""
    seen: list[Governed | None] = []
    assert records.read() is None
    records.update(lambda before: seen.append(before) or KEPT)
    assert seen == [None]


def test_what_was_recorded_is_read(records: GovernedRecords) -> None:
    """All of it; the next change is told of it."""
    records.update(lambda _: KEPT)
    assert records.read() == KEPT
    records.update(lambda before: Governed(approvals=(), policy=before.policy if before else "", waivers={}))
    assert records.read() == Governed(approvals=(), policy="p", waivers={})


def test_a_record_that_says_something_else_is_none(tmp_path: Path) -> None:
    """Then everything is new, and needs its approval."""
    path = tmp_path / "governed.json"
    GovernedFile(path).update(lambda _: KEPT)
    path.write_text(path.read_text(encoding="utf-8").replace("waivers", "nonsense"), encoding="utf-8")
    assert GovernedFile(path).read() is None
