"""`mutualis hosts`: the machines of a region; what destroys something asks for the machine's name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from orchestrator.cli.options import clouds_option, folder_argument, format_option, settings_of, state_option
from orchestrator.cli.specs import written_specs_of
from orchestrator.cli.terminal import tell_task
from orchestrator.errors import PolicyRefusal, UsageError
from orchestrator.reporting.hosts import hosts_to_json, hosts_to_text

RENDERERS = {"text": hosts_to_text, "json": hosts_to_json}

confirm_option = click.option(
    "--confirm", "typed", default="", metavar="NAME", help="The host's name once more, where nobody can be asked"
)


@click.group("hosts")
def hosts_group() -> None:
    """The machines of a region: what they are to be, what they do, and how they leave."""


@hosts_group.command("list")
@folder_argument
@format_option("text", "json")
@state_option
def list_command(folder: Path, format_: str, state: Path | None) -> int:
    """List the hosts of FOLDER as written, and when each was last applied. Asks no cloud."""
    from orchestrator.wiring import host_duties  # noqa: PLC0415 a second that `--help` need not wait

    specs, _ = written_specs_of(folder)
    lines = host_duties.listed(specs, settings_of(state, None))
    click.echo(RENDERERS[format_](lines), nl=False)
    return 0


@hosts_group.command("status")
@folder_argument
@format_option("text", "json")
@clouds_option
@state_option
def status_command(folder: Path, format_: str, clouds: Path | None, state: Path | None) -> int:
    """Show the hosts of FOLDER as the running cloud has them: up or down, in duty or not and why, servers."""
    from orchestrator.wiring import host_duties  # noqa: PLC0415 the same

    specs, _ = written_specs_of(folder)
    lines = host_duties.looked_at(specs, settings_of(state, clouds))
    click.echo(RENDERERS[format_](lines), nl=False)
    return 0


@hosts_group.command("remove")
@folder_argument
@click.argument("name")
@confirm_option
@clouds_option
@state_option
def remove_command(folder: Path, name: str, typed: str, clouds: Path | None, state: Path | None) -> int:
    """Make the cloud forget host NAME: services, agents, resource provider, aggregates, ledger.

    It must be in maintenance or without a file, carry nothing and be switched off. The machine's disks stay as they
    are: see `wipe`. Exit 1: refused.
    """
    from orchestrator.wiring import host_removal  # noqa: PLC0415 the same

    specs, _ = written_specs_of(folder)
    doing = f"the region {specs.region.name} forgets host {name}"
    removal = host_removal.removed(specs, settings_of(state, clouds), name, confirmation(typed, doing))
    for one in removal.gone:
        click.echo(f"gone: {one}")
    for one in removal.left:
        click.echo(f"left to do: {one}")
    return 0


@hosts_group.command("wipe")
@folder_argument
@click.argument("name")
@click.option("--disk", required=True, metavar="DEVICE", help="One of the disks in the Host spec")
@confirm_option
@clouds_option
@state_option
def wipe_command(folder: Path, name: str, disk: str, typed: str, clouds: Path | None, state: Path | None) -> int:
    """Take everything from a disk of host NAME: file systems, groups, partitions; blocks are given back.

    The host must be in maintenance and carry nothing, the disk be unused. What was on it is gone for everyday means;
    this is no proof of erasure. Exit 1: refused.
    """
    from orchestrator.wiring import host_removal  # noqa: PLC0415 the same

    specs, _ = written_specs_of(folder)
    doing = f"all that is on {disk} of host {name} is destroyed"
    host_removal.wiped(specs, settings_of(state, clouds), name, disk, confirmation(typed, doing), tell_task)
    click.echo(f"wiped: {disk} of {name}")
    return 0


def confirmation(typed: str, doing: str) -> Callable[[str], None]:
    """Asks for a name to be typed. `typed`: given beforehand; `doing`: what it is for, as a sentence."""

    def confirm(name: str) -> None:
        answer = typed or _asked(name, doing)
        if answer != name:
            raise PolicyRefusal(f"{answer!r} is not {name!r}; nothing was done")

    return confirm


def _asked(name: str, doing: str) -> str:
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError("nobody is there to confirm this", hint=f"give --confirm {name}")
    click.echo(f"{doing}; there is no way back.", err=True)
    answer: str = click.prompt("Type the host's name", err=True, default="", show_default=False)
    return answer
