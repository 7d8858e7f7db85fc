"""How the lab's commands speak: progress on standard error, the lab's errors as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from orchestrator.wiring import lab


def say(line: str) -> None:
    click.echo(line, err=True)


@contextmanager
def told() -> Iterator[None]:
    """The lab's errors as ours: what, where, what to do, which log."""
    try:
        yield
    except lab.LabError as err:
        raise lab.failure_of(err) from err
