"""The figures of `mutualis capacity` as data. Its shape is `reporting/schema/capacity.json`; names are camelCase."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import asdict
from importlib.resources import files
from typing import Any, Final

from orchestrator.model.capacity import CapacityLine, TenantLine
from orchestrator.model.fit import Promise
from orchestrator.model.snapshot import PartHealth
from orchestrator.reporting.capacity.view import CapacityView, Risk
from orchestrator.reporting.what_if_json import judgement_to_data

SCHEMA_VERSION: Final = 2
"""Grows by one when a field changes its meaning or goes; new fields come without notice. 2: camelCase, ISO times."""


def capacity_to_json(view: CapacityView, *, indent: int | None = 1) -> str:
    """`indent` None: on one line."""
    return json.dumps(capacity_to_data(view), indent=indent, ensure_ascii=False) + "\n"


def capacity_to_data(view: CapacityView) -> dict[str, Any]:
    """Amounts in base units: bytes, vcpus, pieces; null: not known or not applicable; -1: unlimited."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "region": view.capacity.region,
        "site": view.site or None,
        "tenant": view.tenant or None,
        "supply": view.capacity.supply.value,
        "takenAt": _time(view.taken_at or 0),
        "fits": view.fits,
        "sites": [_line(line) | _ratios(view, line) for line in view.capacity.sites],
        "aggregates": [_line(line) for line in view.capacity.aggregates],
        "tenants": [_line(line) for line in view.capacity.tenants],
        "states": dict(view.capacity.states),
        **judgement_to_data(view.judged),
        "risks": [_risk(one) for one in view.risks],
        "headroom": {
            "free": [asdict(one) for one in view.headroom.free],
            "slots": [asdict(one) for one in view.headroom.slots],
            "stranded": [asdict(one) for one in view.headroom.stranded],
        },
        "parts": [_part(one) for one in view.parts],
        "trouble": view.trouble or None,
    }


def capacity_schema() -> str:
    """The schema (draft 2020-12) as text, as it is published."""
    return (files("orchestrator.reporting") / "schema" / "capacity.json").read_text(encoding="utf-8")


def _line(line: CapacityLine | TenantLine) -> dict[str, Any]:
    return {_camel(name): value for name, value in asdict(line).items()}


def _ratios(view: CapacityView, line: CapacityLine) -> dict[str, Any]:
    """JSON knows no infinity: there it is null, and allocatable is 0."""
    found = {
        "promiseRatio": view.ratio(line, Promise.DECLARED),
        "guaranteeRatio": view.ratio(line, Promise.GUARANTEED),
    }
    return {name: None if ratio is None or math.isinf(ratio) else ratio for name, ratio in found.items()}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _part(part: PartHealth) -> dict[str, Any]:
    return {
        "part": part.part,
        "up": part.up,
        "lastSuccess": _time(part.last_success),
        "completeness": part.completeness,
        "seconds": part.seconds,
        "calls": part.calls,
        "statuses": dict(part.statuses),
        "error": part.error,
        "notice": part.notice,
    }


def _risk(risk: Risk) -> dict[str, Any]:
    return {
        "resource": risk.resource.value if risk.resource else None,
        "lost": risk.lost.value if risk.lost else None,
    }


def _time(seconds: float) -> str | None:
    """0: never."""
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if seconds else None
