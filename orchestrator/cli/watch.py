"""Figures again and again, until they are interrupted: in place on a terminal, one after the other elsewhere."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import click

View = TypeVar("View")

OWN_SCREEN: Final = "\x1b[?1049h\x1b[?25l"
FORMER_SCREEN: Final = "\x1b[?25h\x1b[?1049l"
HOME, REST_OF_LINE, REST_OF_SCREEN = "\x1b[H", "\x1b[K", "\x1b[J"


def watch(look: Callable[[], View], text: Callable[[View], str], every: float) -> None:
    """Returns at the first interruption. `text`: asked again, of the same view, when the window changes its size."""
    try:
        (_in_place if sys.stdout.isatty() else _one_by_one)(look, text, every)
    except KeyboardInterrupt:
        return


def _one_by_one(look: Callable[[], View], text: Callable[[View], str], every: float) -> None:
    pause = threading.Event()
    while True:
        began = time.monotonic()
        click.echo(text(look()))
        pause.wait(max(0.0, every - (time.monotonic() - began)))


def _in_place(look: Callable[[], View], text: Callable[[View], str], every: float) -> None:
    """What was shown last stays behind on the former screen."""
    resized = threading.Event()
    last = ""
    try:
        with _screen(resized):
            while True:
                began = time.monotonic()
                view = look()
                while True:
                    resized.clear()
                    last = text(view)
                    _draw(last, every)
                    if not resized.wait(max(0.0, every - (time.monotonic() - began))):
                        break
    finally:
        click.echo(last, nl=False, color=True)


@contextmanager
def _screen(resized: threading.Event) -> Iterator[None]:
    """A screen of its own, given back whatever ends it; TERM ends as an interruption does."""
    before = {
        signal.SIGWINCH: signal.signal(signal.SIGWINCH, lambda *_: resized.set()),
        signal.SIGTERM: signal.signal(signal.SIGTERM, signal.default_int_handler),
    }
    sys.stdout.write(OWN_SCREEN)
    try:
        yield
    finally:
        sys.stdout.write(FORMER_SCREEN)
        sys.stdout.flush()
        for number, handler in before.items():
            signal.signal(number, handler)


def _draw(text: str, every: float) -> None:
    """The first lines that fit; the last one says what there is besides."""
    lines = text.splitlines()
    rows = shutil.get_terminal_size().lines - 1
    more = len(lines) - rows
    foot = f"every {every:g} s; Ctrl-C ends"
    if more > 0:
        foot = f"{more} more lines (--site, --tenant); {foot}"
    shown = [*lines[:rows], foot]
    sys.stdout.write(HOME + "\n".join(f"{line}{REST_OF_LINE}" for line in shown) + REST_OF_SCREEN)
    sys.stdout.flush()
