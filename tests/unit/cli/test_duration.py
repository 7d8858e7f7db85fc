"""Lengths of time on a command line."""

from __future__ import annotations

import click
import pytest

from orchestrator.cli.duration import Duration


@pytest.mark.parametrize(("text", "seconds"), [("0", 0), ("90", 90), ("90s", 90), ("30m", 1800), ("2h", 7200)])
def test_a_duration_is_seconds(text: str, seconds: float) -> None:
    """With or without its unit."""
    assert Duration().convert(text, None, None) == seconds


@pytest.mark.parametrize("text", ["", "m", "-1", "1.5h", "1d", "1h30m", "9999999"])
def test_anything_else_is_refused(text: str) -> None:
    """Nobody should wait for something else than was meant."""
    with pytest.raises(click.BadParameter, match="write 90s, 30m or 2h"):
        Duration().convert(text, None, None)
