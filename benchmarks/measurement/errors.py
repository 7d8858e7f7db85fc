"""What ends a benchmark without a figure."""

from __future__ import annotations


class BenchmarkError(Exception):
    """A contender that did not do its work, or could not be had: a figure would be a lie."""
