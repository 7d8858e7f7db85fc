"""The last line of every benchmark: one JSON object for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`ours`, `peer_value`: in `unit`, None where nothing was measured; `ratio`: how often `ours` fits in the peer's.

    `full_size`: whether this run had at least the size that the goal speaks of; a smaller one meets no goal.
    """

    name: str
    ours: float | None
    unit: str
    peer: str
    peer_value: float | None
    ratio: float | None
    goal: str
    reached: bool
    full_size: bool
    further: Mapping[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        return self.reached and self.full_size

    def line(self) -> str:
        """Without a line break; figures rounded to what a clock can tell."""
        data = {
            "name": self.name,
            "ours": _rounded(self.ours),
            "unit": self.unit,
            "peer": self.peer,
            "peer_value": _rounded(self.peer_value),
            "ratio": _rounded(self.ratio),
            "goal": self.goal,
            "met": self.met,
            "full_size": self.full_size,
            **{key: _rounded(value) if isinstance(value, float) else value for key, value in self.further.items()},
        }
        return json.dumps(data, allow_nan=False)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
