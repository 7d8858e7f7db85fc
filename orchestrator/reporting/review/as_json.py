"""A review as data: everything, unrounded. Names in camelCase, as in specs and plans."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from orchestrator.model.finding import Finding
from orchestrator.model.review import Review
from orchestrator.reporting.findings import finding_as_data

SCHEMA_VERSION: Final = 1
"""It grows by one when a field changes its meaning or goes; new fields come without notice."""


def review_to_json(review: Review) -> str:
    """One object: `schemaVersion`, `refuses`, `deletes`, then the fields of `model.review.Review`.

    Money in the region's currency, footprints in kg, amounts of resources in base units (bytes), all for a year or as
    they stand; `before` is null where there was nothing.
    """
    data = {"schemaVersion": SCHEMA_VERSION, "refuses": review.refuses, "deletes": review.deletes, **_data(review)}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _data(value: Any) -> Any:
    if isinstance(value, Finding):
        return finding_as_data(value)
    if is_dataclass(value):
        return {_camel(one.name): _data(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {name: _data(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_data(one) for one in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
