"""The list of commands costs nothing: neither `--help` nor Tab imports any command."""

from __future__ import annotations

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from orchestrator.cli.lazy import LazyGroup
from orchestrator.cli.main import cli


@pytest.fixture
def group() -> LazyGroup:
    """Commands of a module that does not exist."""
    places = {"plan": ("not_there:plan", "Show it."), "apply": ("not_there:apply", "Do it.")}
    return LazyGroup(name="program", commands_by_name=places, params=[click.Option(["--loud"], is_flag=True)])


def test_help_lists_commands_in_their_order_without_importing_them(group: LazyGroup) -> None:
    """With the line that each is given."""
    lines = CliRunner().invoke(group, ["--help"], catch_exceptions=False).output.splitlines()
    assert lines[-3:] == ["Commands:", "  plan   Show it.", "  apply  Do it."]


def test_tab_completes_commands_without_importing_them(group: LazyGroup) -> None:
    """And options of the program itself."""
    completion = ShellComplete(group, {}, "program", "_PROGRAM_COMPLETE")
    found = completion.get_completions([], "p")
    assert [(one.value, one.help) for one in found] == [("plan", "Show it.")]
    assert [one.value for one in completion.get_completions([], "--l")] == ["--loud"]


def test_a_commands_name_may_be_misspelt(group: LazyGroup) -> None:
    """The answer is the one that was probably meant."""
    assert "Did you mean 'plan'?" in CliRunner().invoke(group, ["plna"]).output


def test_every_line_of_the_list_fits_beside_its_command() -> None:
    """A sentence each, uncut on a terminal of 80 columns; and every command is where the list says."""
    assert isinstance(cli, LazyGroup)
    shown = CliRunner().invoke(cli, ["--help"]).output.partition("Commands:\n")[2].splitlines()
    context = click.Context(cli)
    assert len(shown) == len(cli.list_commands(context))
    assert all(line.endswith(".") and not line.endswith("...") for line in shown)
    assert all(isinstance(cli.get_command(context, name), click.Command) for name in cli.list_commands(context))
