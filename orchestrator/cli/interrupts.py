"""What Ctrl-C and TERM do to a command that is at work."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click


@contextmanager
def interrupts(stop: threading.Event, interrupt: Callable[[], None]) -> Iterator[None]:
    """The first Ctrl-C or TERM lets what is in flight finish and be recorded; the second ends at once."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        del frame
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.set()
        interrupt()
        click.echo("stopping: what is in flight finishes; once more ends at once", err=True)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
