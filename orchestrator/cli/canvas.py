"""What standard output can show, asked of the process and its environment."""

from __future__ import annotations

import os
import shutil
import sys

import click

from orchestrator.reporting.capacity.terminal.canvas import ASCII, BLOCKS, Canvas


def canvas_of_output() -> Canvas:
    """A terminal has a width, and colours unless NO_COLOR is set; a file or a pipe is as wide as it takes."""
    terminal = sys.stdout.isatty()
    dumb = os.environ.get("TERM") == "dumb"
    return Canvas(
        width=shutil.get_terminal_size().columns - 1 if terminal else None,  # in the last column some terminals wrap
        signs=BLOCKS if _knows(BLOCKS.allocated + BLOCKS.guaranteed + BLOCKS.beyond) else ASCII,
        colours=terminal and not dumb and not os.environ.get("NO_COLOR"),
    )


def print_text(text: str, canvas: Canvas) -> None:
    """What the output's encoding does not know becomes a question mark rather than an error."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), nl=False, color=canvas.colours)


def _knows(signs: str) -> bool:
    try:
        signs.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
