"""An amount as people say it: binary units for bytes, plain numbers for the rest."""

from __future__ import annotations

from typing import Final

from orchestrator.model.capacity import Resource

UNITS: Final = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
STEP: Final = 1024


def amount_text(resource: Resource, amount: int) -> str:
    """`96`, `1.5 TiB`, `512 MiB`: at most one decimal, none when it is 0."""
    if not resource.in_bytes:
        return str(amount)
    size, unit = float(amount), 0
    while round(abs(size), 1) >= STEP and unit < len(UNITS) - 1:
        size, unit = size / STEP, unit + 1
    return f"{size:.1f}".removesuffix(".0") + f" {UNITS[unit]}"
