"""A plan writes nothing: not in OpenStack, not in the state, not even for a region that was never applied."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from demo_region import DemoRegion, changes
from recording_proxy import RecordingProxy

pytestmark = pytest.mark.cloud


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_first_plan_shows_all_and_writes_nothing(demo: DemoRegion) -> None:
    """Every member and the region are to be created; the cloud sees no write, the disk no new file."""
    before = files(demo.folder.parent)
    with RecordingProxy() as proxy:
        plan = demo.plan(proxy=proxy)
    assert [step["name"] for step in plan["steps"]][:1] == ["region"]
    assert len(plan["steps"]) == 4
    assert {operation for operation, _, _ in changes(plan)} == {"create"}
    assert sum(1 for _, kind, _ in changes(plan) if kind == "Instance") == 10
    assert proxy.writes == []
    assert files(demo.folder.parent) == before


def test_pending_changes_have_an_exit_code_of_their_own(demo: DemoRegion) -> None:
    """10 when something is to be done, for pipelines."""
    assert demo.run("plan", str(demo.folder), "--exit-code").returncode == 10


def test_a_plan_is_readable_as_markdown_and_goes_round_as_a_file(demo: DemoRegion, tmp_path: Path) -> None:
    """The file is what apply takes; the comment names every step."""
    out = tmp_path / "plan.json"
    done = demo.run("plan", str(demo.folder), "--format", "markdown", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "| `tenant/arcy` |" in done.stdout
    assert out.read_text(encoding="utf-8").startswith("{")


def test_a_plan_that_is_not_the_reviewed_one_is_refused(demo: DemoRegion, tmp_path: Path) -> None:
    """Specs that changed after the review stop the apply before anything is written; the two stand side by side."""
    out = tmp_path / "plan.json"
    assert demo.run("plan", str(demo.folder), "--out", str(out)).returncode == 0
    demo.edit("tenants/arcy.yaml", lambda d: d["spec"]["quota"]["overrides"].update(servers=4))
    with RecordingProxy() as proxy:
        done = demo.run("apply", str(out), proxy=proxy)
    assert done.returncode == 1
    assert "Steps: 1 changed, 3 alike." in done.stderr
    assert re.search(r"^STEP +REVIEWED \(plan \w{12}\) +NOW \(plan \w{12}\)$", done.stderr, re.MULTILINE)
    assert proxy.writes == []
