"""A field that changes, in words for people: the model calls a size `size_gib`, a reader sees GiB beside the number."""

from __future__ import annotations

from typing import Final

from orchestrator.model.review import FieldChange
from orchestrator.reporting.review.section import clipped

MOST: Final = 60
_MIB_PER_GIB: Final = 1024
_UNITS: Final = {"_gib": "GiB", "_mib": "MiB"}


def field_text(one: FieldChange) -> str:
    """`size: 100 GiB -> 120 GiB`."""
    unit = _UNITS.get(one.field[-4:], "")
    before, after = (_value(clipped(text, MOST), unit) for text in (one.before, one.after))
    return f"{named_field(one.field)}: {before} -> {after}"


def named_field(field: str) -> str:
    """`guarantee.memory_mib` as `guarantee.memory`: its unit stands at the number."""
    return field[:-4] if field[-4:] in _UNITS else field


def _value(text: str, unit: str) -> str:
    """MiB as GiB where they are whole."""
    if not text:
        return "(nothing)"
    if not unit or not text.isdecimal():
        return text
    if unit == "MiB" and int(text) % _MIB_PER_GIB == 0:
        return f"{int(text) // _MIB_PER_GIB} GiB"
    return f"{text} {unit}"
