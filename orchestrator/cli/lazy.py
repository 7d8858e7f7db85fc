"""A group whose commands are imported when they are called."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem


class LazyGroup(click.Group):
    """`commands_by_name`: command -> (`module:attribute`, its line in the list of commands), listed in this order."""

    def __init__(self, *arguments: Any, commands_by_name: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._places = {name: place for name, (place, _) in commands_by_name.items()}
        self._lines = [(name, line) for name, (_, line) in commands_by_name.items()]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(self._lines)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self._places)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The same for who presses Tab."""
        commands = [CompletionItem(name, help=line) for name, line in self._lines if name.startswith(incomplete)]
        return commands + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A command that does not exist is answered with the one that was probably meant."""
        name = args[0]
        if name not in self._places and (near := get_close_matches(name, self._places, n=1)):
            ctx.fail(f"No such command '{name}'. Did you mean '{near[0]}'?")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in self._places:
            return None
        module, _, attribute = self._places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
