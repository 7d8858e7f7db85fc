"""Rules as Prometheus reads them: each alert fires when it should, is silent when it should, and leads to a page."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from monitoring_files import RUNBOOKS, alerts, exposed, recorded, rule_files, rule_tests, rules, unknown
from prometheus_programs import program
from promql_reader import asked

METRIC = re.compile(r"\b(?:[a-z_]+:)?mutualis_[a-z_]+(?::[a-z0-9]+)?")
QUERY = re.compile(r'printf "([^"]+)"')
LABEL = re.compile(r"\$labels\.(\w+)")
ANNOTATIONS = {"summary", "description", "runbook_url"}


def promtool(*arguments: str | Path) -> str:
    """What it printed; it must have been content."""
    done = subprocess.run(
        [program("promtool"), *arguments], capture_output=True, text=True, check=False, timeout=280, stdin=None
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_rules_are_right_in_form() -> None:
    """`promtool check rules` finds nothing, duplicates included."""
    told = promtool("check", "rules", *rule_files())
    assert told.count("SUCCESS") == len(rule_files())
    assert "FAILED" not in told


@pytest.mark.parametrize("part", range(4))
def test_alerts_fire_and_are_silent_as_their_tests_say(part: int) -> None:
    """`promtool test rules`, with the words that people are shown."""
    files = sorted({path for path, _ in rule_tests()})[part::4]
    assert promtool("test", "rules", *files).count("SUCCESS") == len(files)


def test_every_alert_is_tested_firing_and_silent() -> None:
    """At each severity, in a file of its own name; no test is about an alert that is not there."""
    fired = {
        (check["alertname"], told["exp_labels"]["severity"])
        for _, check in rule_tests()
        for told in check.get("exp_alerts", ())
    }
    silent = {check["alertname"] for _, check in rule_tests() if not check.get("exp_alerts")}
    assert fired == {(alert["alert"], alert["labels"]["severity"]) for alert in alerts()}
    assert silent == {alert["alert"] for alert in alerts()}
    assert all(path.stem == check["alertname"] for path, check in rule_tests())


def test_every_alert_says_how_bad_it_is_what_it_is_and_where_to_read_on() -> None:
    """A severity of three, three annotations, a page of its own in docs/runbooks that the index names."""
    index = (RUNBOOKS / "README.md").read_text(encoding="utf-8")
    for alert in alerts():
        name = alert["alert"]
        assert alert["labels"]["severity"] in {"critical", "warning", "info"}, name
        assert alert["annotations"].keys() == ANNOTATIONS, name
        assert alert["annotations"]["runbook_url"] == f"https://mutualis.example/runbooks/{name}.md"
        row = re.search(rf"^\| \[{name}\]\({name}\.md\) \| ([\w, ]+) \|", index, re.MULTILINE)
        assert row is not None, name
        assert set(row[1].split(", ")) == {one["labels"]["severity"] for one in alerts() if one["alert"] == name}
    assert {path.stem for path in RUNBOOKS.glob("*.md")} == {alert["alert"] for alert in alerts()} | {"README"}


@pytest.mark.parametrize("alert", sorted({alert["alert"] for alert in alerts()}))
def test_runbook_says_what_it_means_how_to_look_and_what_to_do(alert: str) -> None:
    """Three parts, in this order, with metrics that there are."""
    text = (RUNBOOKS / f"{alert}.md").read_text(encoding="utf-8")
    assert re.findall(r"^#+ (.+)$", text, re.MULTILINE) == [alert, "Look", "Do"]
    known = {*exposed(), *recorded()}
    assert [name for name in METRIC.findall(text) if name not in known] == []


def expressions(rule: dict[str, Any]) -> Iterator[str]:
    yield rule["expr"]
    for text in rule.get("annotations", {}).values():
        yield from (query.replace("%q", '""') for query in QUERY.findall(text) if "(" in query)


@pytest.mark.parametrize("rule", list(rules()), ids=lambda rule: rule.get("alert") or rule["record"])
def test_rule_asks_for_what_there_is(rule: dict[str, Any]) -> None:
    """Metrics, labels and values of labels that the exporter, a recording rule or another exporter gives."""
    assert [text for expression in expressions(rule) for text in unknown(asked(expression))] == []


def test_annotations_name_labels_that_alerts_have() -> None:
    """Those of the alerts that were seen to fire."""
    seen: dict[str, set[str]] = {}
    for _, check in rule_tests():
        for told in check.get("exp_alerts", ()):
            seen.setdefault(check["alertname"], set()).update(told["exp_labels"])
    for alert in alerts():
        named = {label for text in alert["annotations"].values() for label in LABEL.findall(text)}
        assert named <= seen[alert["alert"]], alert["alert"]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("mutualis_capacity_phisical_vcpus", "there is no mutualis_capacity_phisical_vcpus"),
        ("sum by (zone) (mutualis_capacity_physical_vcpus)", "mutualis_capacity_physical_vcpus has no label zone"),
        ('mutualis_collector_up{part="placment"} == 0', "mutualis_collector_up has no part=placment"),
        ("rate(tenant_resource_tier:mutualis_tenant_allocated:min[5m])", "there is no tenant_resource_tier:"),
    ],
)
def test_question_that_nothing_answers_is_seen(expression: str, told: str) -> None:
    """The check can fail."""
    (found,) = unknown(asked(expression))
    assert found.startswith(told)
