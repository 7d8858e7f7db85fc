"""What forges are given: a comment, SARIF, JUnit, data; of a change that adds, solves and waives findings."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from command_line import Mutualis
from git_repository import Repository

from orchestrator.model.review import Review

DEMO = "inventory/demo"
FORMS = ("markdown", "json", "sarif", "junit")


@pytest.fixture
def told(repository: Repository, mutualis: Mutualis, tmp_path: Path) -> dict[str, str]:
    """Every form of the review of one change, written by one call."""
    repository.branch("change")
    (repository.place / DEMO / "hosts" / "nord-3.yaml").unlink()
    repository.replace(f"{DEMO}/tenants/arcy.yaml", "Commune d'Arcy-le-Val #", "</details> @all <b>|`x #")
    repository.commit()
    files = {form: tmp_path / f"review.{form}" for form in FORMS}
    options = [word for form, file in files.items() for word in (f"--{form}", str(file))]
    where = ("--repository", repository.place, "--base", "main")
    ended = mutualis("review", repository.place / DEMO, *where, *options, "--format", "json")
    assert ended.code == 1
    found = {form: file.read_text(encoding="utf-8") for form, file in files.items()}
    assert ended.out == found["json"]
    return found


def test_the_comment_has_its_marker_first_and_all_five_parts(told: dict[str, str]) -> None:
    """And no line that a forge would carry out, no tag and no mention out of a spec."""
    lines = told["markdown"].splitlines()
    assert lines[0] == "<!-- mutualis-review:demo -->"
    titles = [line.removeprefix("### ") for line in lines if line.startswith("### ")]
    assert titles == ["Resources", "Policy", "Capacity left", "EUR a year", "kgCO2e a year"]
    assert not [line for line in lines if line.startswith("/")]
    outside = told["markdown"].split("```")[::2]
    assert not [text for text in outside if "<b>" in text or "@all" in text]
    assert len({sum(text.count(tag) for text in outside) for tag in ("<details>", "</details>")}) == 1


def test_sarif_names_rules_lines_and_what_is_new(told: dict[str, str]) -> None:
    """Each result has a rule with its text, a place in the repository, and its state against the base."""
    log = json.loads(told["sarif"])
    (run,) = log["runs"]
    assert (log["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "mutualis")
    rules = run["tool"]["driver"]["rules"]
    states = {}
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["shortDescription"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith(f"{DEMO}/")
        assert place["region"]["startLine"] >= 1
        states[result["ruleId"]] = (result["level"], result["baselineState"])
    assert states == {
        "CAP004": ("error", "new"),
        "POL036": ("warning", "new"),
        "POL004": ("error", "unchanged"),
    }
    assert [len(one.get("suppressions", ())) for one in run["results"] if one["ruleId"] == "POL004"] == [1]


def test_junit_fails_for_what_refuses_alone(told: dict[str, str]) -> None:
    """Warnings pass with their words, what is waived is skipped."""
    suite = ET.fromstring(told["junit"])[0]  # noqa: S314 our own text
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "1")
    (failed,) = [case for case in suite if case.find("failure") is not None]
    assert failed.get("file") == f"{DEMO}/region.yaml"
    assert "CAP004" in str(failed.get("name"))


def test_data_is_whole_and_unrounded(told: dict[str, str]) -> None:
    """Parts of members add up to what the region costs."""
    data = json.loads(told["json"])
    assert (data["schemaVersion"], data["refuses"], data["region"]) == (1, True, "demo")
    after = data["cost"]["after"]
    parts = sum(one["investment"] for one in after["members"].values())
    assert parts == pytest.approx(after["cost"]["investment"])
    assert sum(data["footprint"]["after"]["members"].values()) == pytest.approx(
        sum(data["footprint"]["after"]["footprint"][name] for name in ("operational", "embodied"))
    )


def test_a_comment_is_never_longer_than_a_forge_takes(
    repository: Repository, look: Callable[..., Review], monkeypatch: pytest.MonkeyPatch
) -> None:
    """First what is folded goes, then the end, and it says so."""
    from orchestrator.reporting.review import as_markdown  # noqa: PLC0415 patched below

    found = look("main", base=None)
    whole = as_markdown.review_to_markdown(found)
    monkeypatch.setattr(as_markdown, "MOST", len(whole) - 1)
    assert "<details>" not in as_markdown.review_to_markdown(found)
    monkeypatch.setattr(as_markdown, "MOST", 1000)
    assert as_markdown.review_to_markdown(found).endswith("**cut here: too long for a comment**\n")


def test_usage_is_told_without_a_traceback(repository: Repository, mutualis: Mutualis) -> None:
    """Exit 2 for the command, 4 for Git."""
    assert mutualis("review", DEMO, "--repository", repository.place).code == 2
    both = mutualis("review", DEMO, "--repository", repository.place, "--base", "main", "--no-base")
    assert both.code == 2
    ended = mutualis("review", DEMO, "--repository", repository.place.parent, "--base", "main")
    assert ended.code == 4
    assert "not a git repository" in ended.err
