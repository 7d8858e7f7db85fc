"""What every command ends with: exit codes of design section 9, and words that say what to do."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import Mutualis

from orchestrator.cli import validate as validate_module
from orchestrator.cli.plan import exit_of
from orchestrator.errors import PermanentFailure, TemporaryFailure
from orchestrator.model.finding import Finding, Position, Severity
from orchestrator.model.plan import Operation, Plan, ResourceChange, Step, StepAction, StepKind, Trouble
from orchestrator.reporting.plan_json import plan_to_json
from orchestrator.reporting.plan_schema import plan_schema

DEMO = Path(__file__).parents[3] / "inventory" / "demo"


@pytest.fixture
def broken_demo(tmp_path: Path) -> Path:
    """The demo with one flavor that nobody offers."""
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    tenant = folder / "tenants" / "arcy.yaml"
    text = tenant.read_text(encoding="utf-8")
    assert "flavor: small" in text
    tenant.write_text(text.replace("flavor: small", "flavor: smal", 1), encoding="utf-8")
    return folder


def test_specs_without_error_end_with_zero(mutualis: Mutualis) -> None:
    """Warnings and waived findings do not refuse."""
    assert mutualis("validate", DEMO).code == 0


def test_broken_spec_ends_with_one_and_its_place(mutualis: Mutualis, broken_demo: Path) -> None:
    """File, line, column, and what was probably meant."""
    ended = mutualis("validate", broken_demo)
    assert ended.code == 1
    assert f"{broken_demo}/tenants/arcy.yaml:" in ended.out
    assert "small" in ended.out


@pytest.mark.parametrize("command", ["plan", "apply", "capacity", "what-if", "exporter"])
def test_no_command_goes_on_with_broken_specs(mutualis: Mutualis, broken_demo: Path, command: str) -> None:
    """The findings are shown, and nothing is asked of a cloud."""
    ended = mutualis(command, broken_demo)
    assert ended.code == 1
    assert "arcy.yaml:" in ended.err
    assert "the specs are refused" in ended.err


def test_findings_as_json_are_json(mutualis: Mutualis, broken_demo: Path) -> None:
    """On standard output, and nothing else there."""
    ended = mutualis("validate", broken_demo, "--format", "json")
    assert json.loads(ended.out)
    assert ended.code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "/nowhere"),
        ("plan", "/nowhere"),
        ("apply", "/nowhere"),
        ("unknown",),
        ("plan", DEMO, "--unknown"),
        ("plan", DEMO, "--parallel", "0"),
        ("exporter", DEMO, "--listen", "9180"),
        ("plan", DEMO, "--clouds", "/nowhere/clouds.yaml"),
        ("report", DEMO),
        ("what-if", DEMO, "--lose", "nord-1"),
        ("what-if", DEMO, "--lose", "rack=nord/z9"),
        ("what-if", DEMO, "--each", "planet"),
    ],
    ids=str,
)
def test_wrong_use_ends_with_two(mutualis: Mutualis, arguments: tuple[str, ...]) -> None:
    """Said on standard error; standard output stays for results."""
    ended = mutualis(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_state_without_a_passphrase_is_refused(mutualis: Mutualis, command: str) -> None:
    """It says where to put one."""
    ended = mutualis(command, DEMO)
    assert ended.code == 2
    assert "MUTUALIS_PASSPHRASE_FILE" in ended.err


def test_file_that_is_no_plan_is_refused(mutualis: Mutualis, tmp_path: Path) -> None:
    """Applying needs a plan, not any JSON."""
    file = tmp_path / "plan.json"
    file.write_text("{}", encoding="utf-8")
    ended = mutualis("apply", file)
    assert ended.code == 2
    assert "this file is no plan" in ended.err


def test_capacity_of_the_specs_alone_needs_no_cloud(mutualis: Mutualis) -> None:
    """A reviewer without credentials sees it too."""
    ended = mutualis("capacity", DEMO, "--specs-only")
    assert ended.code == 0
    assert "vcpus" in ended.out


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def validated(folder: Path, rules: Path | None) -> None:
        raise error

    monkeypatch.setattr(validate_module, "validated", validated)


def test_error_tells_its_causes_and_what_to_do(mutualis: Mutualis, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cause that is ours, in order; the exit code is the error's."""
    error = TemporaryFailure("cannot read the region's quotas", hint="run the same command again")
    error.__cause__ = PermanentFailure("Nova did not answer")
    failing(monkeypatch, error)
    ended = mutualis("validate", DEMO)
    assert ended.code == 4
    assert ended.err.splitlines() == [
        "error: cannot read the region's quotas",
        "  because: Nova did not answer",
        "  -> run the same command again",
    ]


def test_bug_shows_no_traceback(mutualis: Mutualis, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that says so, unless somebody asks where it happened."""
    failing(monkeypatch, ZeroDivisionError("division by zero"))
    ended = mutualis("validate", DEMO)
    assert ended.code == 3
    assert "Traceback" not in ended.err
    assert "ZeroDivisionError" in ended.err
    monkeypatch.setenv("MUTUALIS_TRACEBACK", "1")
    assert "Traceback" in mutualis("validate", DEMO).err


def test_file_system_trouble_names_the_file(mutualis: Mutualis, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is worth retrying."""
    failing(monkeypatch, OSError(28, "No space left on device", "/state/x"))
    ended = mutualis("validate", DEMO)
    assert (ended.code, ended.err) == (4, "error: No space left on device: /state/x\n")


FOUND = Finding(code="POL102", severity=Severity.ERROR, position=Position(file="a.yaml"), message="data would be lost")


def plan_with(*, refused: bool = False, problem: str = "", changes: bool = False, found: Finding | None = None) -> Plan:
    change = ResourceChange(operation=Operation.CREATE, kind="k", name="n", urn="u")
    step = Step(
        name="region",
        kind=StepKind.REGION,
        action=StepAction.BUILD,
        reason="never applied",
        digest="d",
        changes=(change,) if changes else (),
        problem=problem,
        trouble=Trouble.PERMANENT if problem else Trouble.NONE,
    )
    return Plan(
        region="r",
        inventory="i",
        engine="e",
        steps=(step,),
        untaken=(),
        findings=(found,) if found else (),
        refusals=("frozen",) if refused else (),
        deletions=0,
        deletion_budget=0,
        digest="d",
    )


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (plan_with(), 0),
        (plan_with(changes=True), 10),
        (plan_with(problem="image missing"), 3),
        (plan_with(refused=True, problem="image missing", changes=True), 1),
        (plan_with(found=FOUND, problem="image missing", changes=True), 1),
        (plan_with(found=replace(FOUND, waived_until="2099-12-31"), changes=True), 10),
    ],
    ids=["nothing", "pending", "broken", "refused", "judged", "waived"],
)
def test_exit_code_of_a_plan(plan: Plan, code: int) -> None:
    """Refused before broken before pending."""
    assert exit_of(plan, pending=10) == code


def test_a_plan_file_that_is_applied_from_elsewhere_says_from_where(mutualis: Mutualis, tmp_path: Path) -> None:
    """A plan names its folder as it was named when planning."""
    file = tmp_path / "plan.json"
    file.write_text(plan_to_json(plan_with()), encoding="utf-8")
    ended = mutualis("apply", file)
    assert ended.code == 2
    assert "the plan is of the folder i, which is not here" in ended.err
    assert "in which `mutualis plan` ran" in ended.err


def test_waivers_of_the_demo_are_listed(mutualis: Mutualis) -> None:
    """By rule, object and approver, with what they suspend now; exit 0."""
    ended = mutualis("waivers", DEMO)
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].split() == [
        "WAIVER",
        "RULE",
        "FOR",
        "GRANTED",
        "EXPIRES",
        "LEFT",
        "NOW",
        "APPROVED",
        "BY",
        "REASON",
    ]
    (line,) = (one for one in lines if one.startswith("arcy-ssh "))
    for told in ("POL004", "Tenant arcy", "2026-01-12", "2035-12-31", "suspends 1", "RSSI of the operator"):
        assert told in line
    listed = {one["name"]: one for one in json.loads(mutualis("waivers", DEMO, "--format", "json").out)["waivers"]}
    assert (listed["arcy-ssh"]["standing"], listed["arcy-ssh"]["suspendedFindings"]) == ("suspends", 1)


def test_waivers_of_specs_that_cannot_be_read_are_not_listed(mutualis: Mutualis, broken_demo: Path) -> None:
    """Half a list would be taken for the whole."""
    ended = mutualis("waivers", broken_demo)
    assert (ended.code, ended.out) == (1, "")
    assert "SPEC042" in ended.err


def test_schema_of_plans_is_printed(mutualis: Mutualis) -> None:
    """The one that plans are held against."""
    assert mutualis("schema", "plan").out == plan_schema()
