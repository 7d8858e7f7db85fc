"""What a program that Pulumi's own command line started is told about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import pulumi


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """`inventory`: the folder of the region's specs, from the project's configuration."""

    project: str
    stack: str
    inventory: str
    preview: bool


def running() -> Running:
    return Running(
        project=pulumi.get_project(),
        stack=pulumi.get_stack(),
        inventory=pulumi.Config().require("inventory"),
        preview=pulumi.runtime.is_dry_run(),
    )


def end_with(message: str) -> NoReturn:
    """End the program as one that failed; the command line shows the message and no trace."""
    raise pulumi.RunError(message)
