"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from orchestrator.settings import STACKS_AT_ONCE, Settings, read_settings

Command = TypeVar("Command", bound=Callable[..., Any])

_RULES = "mutualis.rules"


def _keep_rules(context: click.Context, _option: click.Parameter, folder: Path | None) -> None:
    context.meta[_RULES] = folder


rules_option = click.option(
    "--rules",
    type=click.Path(path_type=Path),
    envvar="MUTUALIS_RULES",
    expose_value=False,
    callback=_keep_rules,
    help="Folder of the operator's own policy rules, outside the specs [default: MUTUALIS_RULES, then none]",
)
"""Every command that judges specs takes it: `rules_folder` gives its value."""


def rules_folder() -> Path | None:
    """The folder of the operator's own rules that the command at work was told; None: there is none."""
    context = click.get_current_context(silent=True)
    folder: Path | None = context.meta.get(_RULES) if context else None
    return folder


class _Folder(click.Path):
    """A folder that is named: an empty name (a variable that is not set) is not the folder where one is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty.", param, ctx)
        return super().convert(value, param, ctx)


def folder_argument(command: Command) -> Command:
    """FOLDER, the region's specs, and `--rules` to judge them by."""
    argument = click.argument("folder", type=_Folder(path_type=Path, file_okay=False))
    return argument(rules_option(command))


clouds_option = click.option(
    "--clouds",
    type=click.Path(path_type=Path, dir_okay=False),
    help="clouds.yaml with the region's cloud [default: OS_CLIENT_CONFIG_FILE, then where openstacksdk looks]",
)
state_option = click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of ledgers, journals and state [default: MUTUALIS_STATE, then ~/.local/state/mutualis/regions]",
)
parallel_option = click.option(
    "--parallel",
    type=click.IntRange(1, 64),
    default=STACKS_AT_ONCE,
    show_default=True,
    help="Stacks in work at the same time",
)

check_capacity_option = click.option(
    "--check-capacity",
    is_flag=True,
    help="Hold guaranteed shares against the running cloud too: refuse what breaks them",
)


def settings_of(state: Path | None, clouds: Path | None, parallel: int = STACKS_AT_ONCE) -> Settings:
    """Settings from options over the process's environment."""
    return read_settings(os.environ, state=state, clouds=clouds, stacks_at_once=parallel)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, the first one being the default."""
    return click.option("--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True)
