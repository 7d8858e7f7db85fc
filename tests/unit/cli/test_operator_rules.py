"""The operator's own rules: from a folder of the operator's, never from the specs; and what is wrong with them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from plan_cases import GONE, caen, facts
from region_examples import EXAMPLES

from orchestrator.errors import UsageError
from orchestrator.wiring.operator_rules import operator_rules
from orchestrator.wiring.specs import validated

RULES = EXAMPLES / "rules"
DEMO = Path(__file__).parents[3] / "inventory" / "demo"
GOOD = (RULES / "own001_names_of_servers.py").read_text("utf-8")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with the first example rule."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "own001.py").write_text(GOOD, encoding="utf-8")
    return folder


def codes(folder: Path, rules: Path | None) -> set[str]:
    return {finding.code for finding in validated(folder, rules).findings}


def test_rules_of_the_operator_judge_beside_ours() -> None:
    """Their findings have place, hint and reference like any other."""
    (first, *_) = (finding for finding in validated(DEMO, RULES).findings if finding.code == "OWN001")
    assert "does not say what it does" in first.message
    assert first.position.file.endswith(".yaml")
    assert first.position.line > 1
    assert first.reference == "on-call handbook of the operator, page 12"
    assert "OWN001" not in codes(DEMO, None)


def test_rule_of_the_operator_judges_plans() -> None:
    """With the same facts as ours."""
    (rule,) = operator_rules(RULES, DEMO).plan_rules
    hospital = caen()
    assert rule.code == "OWN101"
    assert tuple(rule.check(facts(hospital, GONE))) == ()
    kept = hospital.member.__class__(name="CH", siren="210000000", kind="hospital", population=0)
    (violation,) = rule.check(facts(caen(member=kept), GONE))
    assert violation.message == "1 objects of hospital 'caen' would be replaced or deleted"


def test_command_takes_them_by_option_and_by_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--rules`, then MUTUALIS_RULES."""
    assert "OWN001" in said(capsys, "validate", str(DEMO), "--rules", str(RULES), "--format", "json")
    assert "OWN001" not in said(capsys, "validate", str(DEMO), "--format", "json")
    monkeypatch.setenv("MUTUALIS_RULES", str(RULES))
    assert "OWN001" in said(capsys, "validate", str(DEMO), "--format", "json")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str]:
    """The codes that the command finds."""
    from orchestrator.cli.main import cli  # noqa: PLC0415 the command is imported as late as a shell would

    cli.main(list(arguments), standalone_mode=False)
    return {finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]}


def test_waiver_may_name_a_rule_of_the_operator(tmp_path: Path, rules: Path) -> None:
    """With the rules the finding is suspended; without them the waiver names nothing."""
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    text = (folder / "waivers" / "arcy-ssh.yaml").read_text("utf-8")
    own = text.replace("POL004", "OWN001").replace("name: arcy-ssh", "name: arcy-names")
    own = own.replace("name: arcy\n", "name: sainte-odile\n")
    (folder / "waivers" / "arcy-names.yaml").write_text(own, encoding="utf-8")
    found = [finding for finding in validated(folder, rules).findings if finding.code == "OWN001"]
    assert {bool(one.waived_until) for one in found if one.object and one.object.name == "sainte-odile"} == {True}
    assert "SPEC042" in codes(folder, None)


def test_rules_inside_the_specs_are_refused(tmp_path: Path) -> None:
    """A merge request must not bring code: neither a folder below the specs, nor around them, nor a link from there."""
    specs = tmp_path / "repository" / "specs"
    inside = specs / "rules"
    inside.mkdir(parents=True)
    (inside / "own001.py").write_text(GOOD, encoding="utf-8")
    outside = tmp_path / "linked"
    outside.symlink_to(inside)
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "own001.py").symlink_to(inside / "own001.py")
    for folder in (inside, outside, mixed, tmp_path / "repository", specs):
        with pytest.raises(UsageError, match="rules are not read from") as refused:
            operator_rules(folder, specs)
        assert "a merge request could run code" in refused.value.hint


def test_nothing_is_cached_beside_the_rules(rules: Path) -> None:
    """The folder may be read-only, and what lies cached there is not believed."""
    operator_rules(rules, DEMO)
    assert [path.name for path in rules.iterdir()] == ["own001.py"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = (\n", "own001.py:1: the rule cannot be loaded: SyntaxError"),
        ("\n\nimport nowhere_at_all\n", "own001.py:3: the rule cannot be loaded: ModuleNotFoundError"),
        ("x = 1\n", "own001.py: neither RULE nor PLAN_RULE"),
        ("RULE = 1\n", "own001.py: RULE is a int"),
        (GOOD.replace("RULE = Rule", "PLAN_RULE = Rule"), "own001.py: PLAN_RULE is a Rule"),
        (GOOD.replace('"OWN001"', '"POL001"'), "own001.py: 'POL001' is no code for rules of the operator"),
        (GOOD.replace('reference="on-call', 'reference="" and "on-call'), "own001.py: RULE lacks one of"),
    ],
    ids=["syntax", "import", "no rule", "no Rule", "wrong name", "our code", "no reference"],
)
def test_file_that_is_no_rule_is_told_with_its_place(rules: Path, text: str, told: str) -> None:
    """File, line where there is one, and what is wrong."""
    (rules / "own001.py").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        operator_rules(rules, DEMO)
    assert told in str(refused.value)
    assert refused.value.exit_code == 2


def test_two_rules_of_one_code_are_refused(rules: Path) -> None:
    """A waiver would suspend both."""
    (rules / "own002.py").write_text(GOOD, encoding="utf-8")
    with pytest.raises(UsageError, match=r"own002.py: code OWN001 is taken by own001.py"):
        operator_rules(rules, DEMO)


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("    return [1 / 0]\n", "own001.py:3: the rule's check failed: ZeroDivisionError"),
        ("    return ['text']\n", "the check yields a str, not a Violation"),
        (
            (
                "    from orchestrator.model.finding import ObjectRef\n"
                "    from orchestrator.model.rule import Violation\n"
                "    return [Violation(object=ObjectRef(kind='Tenant', name='nobody'), path=(), message='m')]\n"
            ),
            "there is no Tenant nobody in the specs",
        ),
    ],
    ids=["error", "no violation", "unknown object"],
)
def test_check_that_fails_is_told_with_its_place(rules: Path, check: str, told: str) -> None:
    """The operator's mistake is not called a bug of ours."""
    head, tail = GOOD.split("RULE = ")
    assert head
    text = f"from policies.rule import Rule\ndef _check(subject):\n{check}"
    text += "from orchestrator.model.finding import Severity\nPREFIXES = ()\nRULE = " + tail
    (rules / "own001.py").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        validated(DEMO, rules)
    assert told in str(refused.value)


def test_folder_that_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    """A typing error must not switch rules off."""
    with pytest.raises(UsageError, match="there is no folder of rules"):
        operator_rules(tmp_path / "nowhere", DEMO)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no rule in"):
        operator_rules(tmp_path / "empty", DEMO)
