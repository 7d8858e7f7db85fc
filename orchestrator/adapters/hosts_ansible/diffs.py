"""What a task would change, as a unified diff: from the parts that Ansible's modules give (`--diff`)."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

LINES: Final = 200
"""Of one change at most: a reviewer reads no longer one, and a plan holds those of all hosts."""


def unified(result: Mapping[str, Any]) -> str:
    """Of a task's result, those of its loop's items included; empty: the task shows none."""
    lines = [line for part in _parts(result) for line in _lines(part)]
    more = len(lines) - LINES
    return "\n".join([*lines[:LINES], f"... {more} more lines"] if more > 0 else lines)


def _parts(result: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = result.get("diff") or ()
    yield from (one for one in ([found] if isinstance(found, Mapping) else found) if isinstance(one, Mapping))
    for item in result.get("results") or ():
        if isinstance(item, Mapping) and item.get("changed"):
            yield from _parts(item)


def _lines(part: Mapping[str, Any]) -> Iterator[str]:
    """Ansible's own rules: `prepared` is shown as it is, data as JSON, what is too large or no text by a sentence."""
    if "prepared" in part:
        yield from str(part["prepared"]).splitlines()
    if part.get("dst_binary") or part.get("src_binary"):
        yield "a file that is no text differs"
    if "dst_larger" in part or "src_larger" in part:
        yield f"a file of more than {part.get('dst_larger') or part.get('src_larger')} bytes differs"
    if "before" in part and "after" in part:
        sides = (_text(part["before"]), _text(part["after"]))
        names = (str(part.get("before_header") or "before"), str(part.get("after_header") or "after"))
        yield from difflib.unified_diff(*sides, *names, lineterm="")


def _text(side: Any) -> list[str]:
    if side is None:
        return []
    return (side if isinstance(side, str) else json.dumps(side, indent=2, sort_keys=True)).splitlines()
