"""`mutualis capacity` and Prometheus tell the same: one arithmetic, shown twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from pages import Series, series
from watched_region import DEMO, WatchedRegion

from orchestrator.adapters.exporter_prometheus.page import render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.adapters.exporter_prometheus.units import UNITS
from orchestrator.cli import capacity_look
from orchestrator.cli.capacity import capacity_command
from orchestrator.model.capacity import Resource

LAYERS = ("physical", "allocatable", "reserve", "declared", "quota", "guaranteed", "allocated", "used")
LABELS = ("site", "aggregate", "resource", "tier", "tenant", "flavor", "lost")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], Series]:
    """What the command prints as JSON, and the exporter's page, of one state of the demo's cloud."""
    region = WatchedRegion()
    monkeypatch.setattr(capacity_look, "inventory_of", lambda *_, **__: region)
    done = CliRunner().invoke(capacity_command, [str(DEMO), "--format", "json"], catch_exceptions=False)
    page = render(reading(region.specs, region.snapshot))
    return json.loads(done.stdout), series(page.plain)


def labelled(line: dict[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((name, str(line[name])) for name in LABELS if line.get(name))


def unit(line: dict[str, Any]) -> str:
    return UNITS[Resource(line["resource"])]


def test_layers_are_the_same(told: tuple[dict[str, Any], Series]) -> None:
    """Each series of each layer stands in the JSON with the same amount."""
    data, page = told
    amounts: dict[tuple[str, frozenset[tuple[str, str]]], Any] = {}
    for prefix, lines in (("capacity", (*data["sites"], *data["aggregates"])), ("tenant", data["tenants"])):
        for line in lines:
            for layer in LAYERS:
                if line.get(layer) is not None:  # servers in no aggregate have a line beside their site's
                    amounts[f"mutualis_{prefix}_{layer}_{unit(line)}", labelled(line)] = line[layer]
    shown = {key: value for key, value in page.items() if key in amounts}
    assert len(shown) > 100
    assert shown == {key: amounts[key] for key in shown}
    layers = tuple(f"mutualis_{prefix}_{layer}_" for prefix in ("capacity", "tenant") for layer in LAYERS)
    others = {name for name, _ in page.keys() - shown.keys() if name.startswith(layers)}
    assert {name for name in others if not name.endswith(("_objects", "_timestamp_seconds"))} == set()


def test_headroom_ratios_and_what_is_missing_are_the_same(told: tuple[dict[str, Any], Series]) -> None:
    """All of them, both ways."""
    data, page = told
    room = data["headroom"]
    expected = {(f"mutualis_capacity_free_{unit(line)}", labelled(line)): line["amount"] for line in room["free"]}
    expected |= {("mutualis_flavor_free_slots", labelled(line)): line["servers"] for line in room["slots"]}
    expected |= {("mutualis_capacity_stranded_servers", labelled(line)): line["servers"] for line in room["stranded"]}
    for promise in ("promise", "guarantee"):
        lines = [line for line in data["sites"] if line[f"{promise}Ratio"] is not None]
        name = f"mutualis_capacity_{promise}_ratio"
        expected |= {(name, labelled(line)): pytest.approx(line[f"{promise}Ratio"], abs=1e-6) for line in lines}
    names = {name for name, _ in expected}
    assert {key: value for key, value in page.items() if key[0] in names} == expected
    missing = sum(value for (name, _), value in page.items() if name.startswith("mutualis_promise_missing_"))
    assert bool(missing) == bool(data["shortfalls"])
