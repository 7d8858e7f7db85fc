"""What stands in monitoring/ and beside it: rules, their tests, runbooks; and what the exporter exposes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from promql_reader import FROM_PROMETHEUS, Asked
from watched_region import WatchedRegion

from orchestrator.adapters.exporter_prometheus.page import FAMILIES
from orchestrator.adapters.exporter_prometheus.reading import reading

ROOT: Final = Path(__file__).parents[2]
RULES: Final = ROOT / "monitoring" / "rules"
RULE_TESTS: Final = ROOT / "tests" / "monitoring" / "rules"
RUNBOOKS: Final = ROOT / "docs" / "runbooks"

ELSEWHERE: Final = {
    "up": frozenset[str](),
    "ALERTS": frozenset({"alertname", "alertstate", "severity"}),
    "node_cpu_seconds_total": frozenset({"mode", "site"}),
    "node_memory_MemTotal_bytes": frozenset({"site"}),
    "node_memory_MemAvailable_bytes": frozenset({"site"}),
    "libvirt_domain_info_cpu_time_seconds_total": frozenset({"site"}),
    "libvirt_domain_info_memory_usage_bytes": frozenset({"site"}),
}
"""Metrics of Prometheus itself and of other exporters; `site` is a label that the operator gives to its targets."""


@dataclass(frozen=True, kw_only=True)
class Exposed:
    """A family: the labels of its series, and each label's values on the page of the watched region."""

    labels: frozenset[str]
    values: Mapping[str, frozenset[str]]


def rule_files() -> list[Path]:
    return sorted(RULES.glob("*.yaml"))


def rules() -> Iterator[dict[str, Any]]:
    """Every rule of every file."""
    for path in rule_files():
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            yield from group["rules"]


def alerts() -> list[dict[str, Any]]:
    return [rule for rule in rules() if "alert" in rule]


def rule_tests() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every check of an alert at a moment, with the file that it stands in."""
    for path in sorted(RULE_TESTS.glob("*.yaml")):
        for test in yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]:
            for check in test["alert_rule_test"]:
                yield path, check


@cache
def exposed() -> Mapping[str, Exposed]:
    """All families of the exporter by name, of a region that has something of everything."""
    region = WatchedRegion()
    given = reading(region.specs, region.read(), records=region.records, certificate_end=region.certificate_end)
    found: dict[str, Exposed] = {}
    for group in FAMILIES:
        for family in group(given):
            series = [sample.labels for sample in family.samples]
            names = frozenset().union(*series)
            values = {name: frozenset(labels.get(name, "") for labels in series) for name in names}
            found[family.name] = Exposed(labels=names, values=values)
    return found


@cache
def recorded() -> Mapping[str, frozenset[str]]:
    """Recorded metrics with their labels: the level that their name begins with."""
    return {rule["record"]: frozenset(rule["record"].split(":")[0].split("_")) for rule in rules() if "record" in rule}


def unknown(wanted: Iterable[Asked]) -> Iterator[str]:
    """What neither the exporter nor a rule nor another exporter gives."""
    for one in wanted:
        if one.metric in exposed():
            yield from _unknown_of(one, exposed()[one.metric])
        elif (labels := {**ELSEWHERE, **recorded()}.get(one.metric)) is not None:
            yield from (f"{one.metric} has no label {label}" for label in one.labels - labels)
        else:
            yield f"there is no {one.metric}"


def _unknown_of(one: Asked, family: Exposed) -> Iterator[str]:
    for label in sorted(one.labels - family.labels):
        yield f"{one.metric} has no label {label}"
    for label, value in one.values.items():
        if label not in FROM_PROMETHEUS and label in family.labels and value not in family.values[label]:
            yield f"{one.metric} has no {label}={value}"
