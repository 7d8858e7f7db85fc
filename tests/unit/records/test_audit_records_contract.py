"""What every AuditRecords must do: the one of a file and the fake of tests."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_audit_records import FakeAuditRecords

from orchestrator.adapters.records.audit_file import AuditFile
from orchestrator.model.audit import AuditedHost, AuditedRule, AuditReport, Result, Standing
from orchestrator.model.host_result import HostStatus
from orchestrator.model.site import HardeningLevel
from orchestrator.ports import AuditRecords

AT = "2026-03-02T09:00:00+00:00"
RULE = AuditedRule(
    rule="quality",
    title="About quality",
    severity="medium",
    recommendations=("R31", "R68"),
    result=Result.FAIL,
    standing=Standing.WAIVED,
    why="until May",
    until="2026-05-31",
)
HOST = AuditedHost(
    host="nord-1",
    level=HardeningLevel.INTERMEDIARY,
    status=HostStatus.DONE,
    measured_at=AT,
    container=False,
    content="0.1.76-1",
    rules=(RULE,),
)
REPORT = AuditReport(region="loire", started_at=AT, seconds=12.5, hosts=(HOST,))


@pytest.fixture(params=["file", "fake"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> AuditRecords:
    makers: dict[str, Callable[[], AuditRecords]] = {
        "file": lambda: AuditFile(tmp_path / "loire" / "audit.json"),
        "fake": FakeAuditRecords,
    }
    return makers[request.param]()


def test_there_is_none_before_the_first_audit(records: AuditRecords) -> None:
    """Whoever updates it is told so."""
    seen: list[AuditReport | None] = []
    assert records.read() is None
    records.update(lambda before: seen.append(before) or REPORT)
    assert seen == [None]


def test_what_was_recorded_is_read(records: AuditRecords) -> None:
    """All of it; the next change is told of it."""
    records.update(lambda _: REPORT)
    assert records.read() == REPORT
    seen: list[AuditReport | None] = []
    records.update(lambda before: seen.append(before) or REPORT)
    assert seen == [REPORT]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """It tells where hosts are weak."""
    AuditFile(tmp_path / "loire" / "audit.json").update(lambda _: REPORT)
    assert stat.S_IMODE((tmp_path / "loire" / "audit.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schemaVersion": 2}', '{"schemaVersion": 1, "hosts": [{}]}'])
def test_a_file_of_another_form_is_none(tmp_path: Path, text: str) -> None:
    """The next audit writes another one."""
    path = tmp_path / "audit.json"
    path.write_text(text, encoding="utf-8")
    assert AuditFile(path).read() is None
    AuditFile(path).update(lambda _: REPORT)
    assert json.loads(path.read_text("utf-8"))["region"] == "loire"
