"""`mutualis lab hosts`: Debian machines as containers, on which what is done to bare metal can be tried."""

from __future__ import annotations

import os
from pathlib import Path

import click

from orchestrator.cli.lab_errors import say, told
from orchestrator.cli.specs import specs_of
from orchestrator.errors import PermanentFailure
from orchestrator.settings import state_home
from orchestrator.wiring import lab_hosts

directory_option = click.option(
    "--dir",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: state_home(os.environ) / "hosts",
    help="Folder of the machines: everything of them lies there [default: ~/.local/state/mutualis/hosts]",
)

ITS_OWN_OPTIONS = {"ignore_unknown_options": True, "allow_interspersed_args": False}
"""For what runs a command: options behind its name are the command's."""


@click.group("hosts")
def hosts_group() -> None:
    """Debian machines as containers, in a network that leads nowhere. Needs root."""


@hosts_group.command("up")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@directory_option
def up_command(folder: Path | None, directory: Path) -> int:
    """Start one machine for each Host spec in FOLDER (without it: those that there were)."""
    with told():
        hosts = lab_hosts.hosts_of(directory, specs_of(folder)[0] if folder else None)
        seconds = hosts.up(say)
    config = hosts.layout.ssh_config
    click.echo(f"ready in {seconds:.1f} s")
    click.echo(f"ssh -F {config} {hosts.status().machines[0].name}")
    click.echo(f"export ANSIBLE_SSH_COMMON_ARGS='-F {config}'")
    # connections that stay open are named by address: two folders of machines may have the same
    click.echo(f"export ANSIBLE_SSH_CONTROL_PATH='%(directory)s/{hosts.layout.namespace.name}-%%C'")
    return 0


@hosts_group.command("down")
@click.argument("machine", nargs=-1)
@click.option("--now", is_flag=True, help="Cut the power instead of asking")
@directory_option
def down_command(machine: tuple[str, ...], now: bool, directory: Path) -> int:  # noqa: FBT001 click's flag
    """Power the machines off, or only the named ones; what they wrote stays."""
    with told():
        stopped = lab_hosts.hosts_of(directory).down(machine, now=now, progress=say)
    click.echo(f"stopped: {stopped}")
    return 0


@hosts_group.command("status")
@directory_option
def status_command(directory: Path) -> int:
    """Show the machines and the saved states. Exit 1 unless all machines are up."""
    with told():
        status = lab_hosts.hosts_of(directory).status()
    for one in status.machines:
        figures = f"{one.processes} processes, {one.memory_bytes >> 20} MiB, " if one.processes else ""
        click.echo(f"{one.state.value:6} {one.name:12} {one.address:18} {figures}disk {one.disk_bytes >> 20} MiB")
    if status.states:
        click.echo(f"saved: {', '.join(status.states)}")
    if not status.machines:
        click.echo(f"no test hosts in {directory}")
    return 0 if status.is_up else 1


@hosts_group.command("ssh", context_settings=ITS_OWN_OPTIONS)
@click.argument("machine")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@directory_option
def ssh_command(machine: str, command: tuple[str, ...], directory: Path) -> int:
    """Log in to MACHINE as root, or run COMMAND there."""
    with told():
        hosts = lab_hosts.hosts_of(directory)
        hosts.require(machine)
    return _become(lab_hosts.ssh(hosts.layout, machine, *command))


@hosts_group.command("console", context_settings=ITS_OWN_OPTIONS)
@click.argument("machine")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@directory_option
def console_command(machine: str, command: tuple[str, ...], directory: Path) -> int:
    """A root shell in MACHINE, or COMMAND there, when SSH does not let you in."""
    with told():
        words = lab_hosts.hosts_of(directory).console(machine, command)
    return _become(words)


@hosts_group.command("run", context_settings=ITS_OWN_OPTIONS)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@directory_option
def run_command(command: tuple[str, ...], directory: Path) -> int:
    """Run COMMAND here, but in the machines' network, where their names are known."""
    with told():
        visit = lab_hosts.hosts_of(directory).visit(command)
    try:
        visit.take_place()
    except OSError as err:
        raise PermanentFailure(f"cannot enter the machines' network: {err}") from err
    return _become(command)


@hosts_group.command("save")
@click.argument("state")
@directory_option
def save_command(state: str, directory: Path) -> int:
    """Keep what the machines hold, which are down, as STATE."""
    with told():
        lab_hosts.hosts_of(directory).save(state)
    click.echo(f"saved: {state}")
    return 0


@hosts_group.command("load")
@click.argument("state")
@directory_option
def load_command(state: str, directory: Path) -> int:
    """Give the machines, which are down, what they held at STATE."""
    with told():
        lab_hosts.hosts_of(directory).load(state)
    click.echo(f"loaded: {state}; start them with `mutualis lab hosts up --dir {directory}`")
    return 0


@hosts_group.command("reset")
@directory_option
def reset_command(directory: Path) -> int:
    """Cut the power and delete the machines, saved states too."""
    with told():
        lab_hosts.hosts_of(directory).reset()
    click.echo("deleted")
    return 0


def _become(command: tuple[str, ...]) -> int:
    try:
        os.execvp(command[0], command)  # noqa: S606 no shell is wanted
    except OSError as err:
        raise PermanentFailure(f"cannot run {command[0]}: {err.strerror}", hint="see that it is on PATH") from err
