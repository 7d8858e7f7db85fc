"""Replacements in a spec's text that cannot miss unnoticed: the demo may change, a benchmark must then say so."""

from __future__ import annotations

import re

from measurement.errors import BenchmarkError


def replaced(text: str, old: str, new: str) -> str:
    """Every occurrence, of which there is at least one."""
    if old not in text:
        raise BenchmarkError(f"the demo's spec holds no {old!r} any more; change benchmarks/region with it")
    return text.replace(old, new)


def replaced_once(text: str, old: str, new: str) -> str:
    """The only occurrence."""
    if text.count(old) != 1:
        raise BenchmarkError(f"the demo's spec holds {old!r} {text.count(old)} times, not once")
    return text.replace(old, new)


def replaced_pattern(text: str, pattern: str, new: str) -> str:
    """Every match of a pattern, of which there is at least one."""
    result, count = re.subn(pattern, new, text)
    if not count:
        raise BenchmarkError(f"the demo's spec holds nothing like {pattern!r} any more")
    return result
