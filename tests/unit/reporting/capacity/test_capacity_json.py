"""The published schema of `mutualis capacity --json` is the truth about it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from sample_capacity import MISFIT, PARTS, SHORT, sample_view

from orchestrator.model.fit import Judgement
from orchestrator.reporting.capacity.as_json import SCHEMA_VERSION, capacity_schema, capacity_to_json
from orchestrator.reporting.capacity.view import CapacityView

GIB = 2**30
SCHEMA: dict[str, Any] = json.loads(capacity_schema())
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
UNFIT = Judgement(shortfalls=(SHORT,), misfits=(MISFIT,))
VIEWS = {
    "fresh": sample_view(),
    "stale and over-promised": sample_view(PARTS, UNFIT),
    "one site": sample_view(PARTS, UNFIT).of_site("north"),
    "one tenant": sample_view(PARTS, UNFIT).of_tenant("alpha"),
    "nothing there": sample_view().of_site("south"),
}


def told(view: CapacityView) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(capacity_to_json(view))
    return data


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_every_view_keeps_to_the_schema(view: CapacityView) -> None:
    """Whatever it is narrowed to."""
    assert [f"{error.instance_path}: {error.message}" for error in VALIDATOR.iter_errors(told(view))] == []


def test_amounts_are_in_base_units() -> None:
    """Enumerations are their words, unknown is null, unlimited is -1, times are ISO."""
    data = told(sample_view(PARTS))
    assert data["sites"][2]["allocated"] == 500 * GIB
    assert data["sites"][2]["quota"] == -1
    assert data["sites"][3]["declared"] is None
    assert data["takenAt"] == "2026-06-01T12:00:00Z"
    assert [part["lastSuccess"] for part in data["parts"][1:3]] == ["2026-06-01T11:59:00Z", None]


def test_a_ratio_of_nothing_is_null() -> None:
    """JSON has no infinity; allocatable is 0 there."""
    sites = told(sample_view())["sites"]
    assert [line["promiseRatio"] for line in sites] == [1.2, 0.9, 0.9, None, None]


def test_room_is_told_for_each_loss() -> None:
    """Below 0 too: what stands there does not fit on what is left."""
    room = told(sample_view())["headroom"]
    assert [(one["lost"], one["amount"] // GIB) for one in room["free"]] == [
        ("none", 465),
        ("host", 120),
        ("rack", -35),
    ]
    assert [one["servers"] for one in room["stranded"]] == [0, 3]
    assert told(sample_view().of_site("south"))["headroom"]["slots"] == []


def test_names_are_camel_case_throughout() -> None:
    """As in specs and plans; what is keyed by a resource has the resource's name."""
    text = capacity_to_json(VIEWS["stale and over-promised"])
    names: list[str] = []
    json.loads(text, object_pairs_hook=lambda pairs: names.extend(name for name, _ in pairs))
    assert [name for name in names if "_" in name] == []


def test_a_watched_view_is_one_line() -> None:
    """So that a stream of them can be read line by line."""
    assert capacity_to_json(sample_view(), indent=None).count("\n") == 1


def test_a_member_is_told_of_nobody_else() -> None:
    """Neither names nor figures, nor what services answered."""
    text = capacity_to_json(VIEWS["one tenant"])
    assert json.loads(text)["risks"] == [{"resource": "memory", "lost": None}, {"resource": None, "lost": "host"}]
    assert not json.loads(text)["fits"]
    assert [word for word in ("beta", "777", "north", "no answer", "refused", "was cut") if word in text] == []


def test_schema_is_of_the_version_that_is_written() -> None:
    """Another version is another schema."""
    assert SCHEMA["properties"]["schemaVersion"]["const"] == SCHEMA_VERSION
    assert f"/v{SCHEMA_VERSION}/" in SCHEMA["$id"]


def test_schema_describes_every_field() -> None:
    """A reader looks nowhere else."""
    described = [SCHEMA, *(one for one in SCHEMA["$defs"].values() if "properties" in one)]
    assert [name for part in described for name, one in part["properties"].items() if not one.get("description")] == []


@pytest.mark.parametrize("spoilt", [{"sites": [{}]}, {"schemaVersion": 1}, {"fits": "no"}, {"unknown": 1}])
def test_what_is_no_capacity_breaks_the_schema(spoilt: dict[str, Any]) -> None:
    """The check can fail."""
    data = told(sample_view())
    assert VALIDATOR.is_valid(data)
    assert not VALIDATOR.is_valid(data | spoilt)
