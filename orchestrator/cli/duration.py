"""A length of time as people write it on a command line."""

from __future__ import annotations

import re
from typing import Any, Final

import click

SECONDS: Final = {"": 1, "s": 1, "m": 60, "h": 3600}


class Duration(click.ParamType[float]):
    """`90`, `90s`, `30m`, `2h` -> seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Refuses everything else."""
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d{1,6})([smh]?)", str(value))
        if not found:
            self.fail(f"{value!r} is no duration; write 90s, 30m or 2h", param, ctx)
        return float(int(found[1]) * SECONDS[found[2]])
