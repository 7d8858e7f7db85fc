"""`mutualis lab`: a real OpenStack on loopback in the shape of a region, for trying, reviewing and testing."""

from __future__ import annotations

import os
from pathlib import Path

import click

from orchestrator.cli.lab_errors import say, told
from orchestrator.cli.lab_hosts import hosts_group
from orchestrator.cli.options import rules_option
from orchestrator.cli.specs import specs_of
from orchestrator.settings import state_home
from orchestrator.wiring import lab

directory_option = click.option(
    "--dir",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: state_home(os.environ) / "lab",
    help="Folder of the cloud: everything of it lies there [default: ~/.local/state/mutualis/lab]",
)


def _services(_context: click.Context, option: click.Parameter, text: str) -> tuple[str, ...]:
    """The services that are named with commas between them; a usage error names one that is not optional."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if unknown := [name for name in names if name not in lab.OPTIONAL_SERVICES]:
        known = ", ".join(lab.OPTIONAL_SERVICES)
        raise click.BadParameter(f"{', '.join(unknown)} is none of {known}", param=option)
    return names


@click.group("lab")
def lab_group() -> None:
    """A real OpenStack on loopback: no root, no database server, no message queue."""


@lab_group.command("up")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@rules_option
@directory_option
@click.option("--port-base", type=click.IntRange(1024, 65000), help="First of eleven ports [default: a free block]")
@click.option(
    "--with",
    "optional",
    default="",
    callback=_services,
    metavar="SERVICES",
    help=f"More services, with commas between: {', '.join(lab.OPTIONAL_SERVICES)}; the cloud keeps them",
)
def up_command(folder: Path | None, directory: Path, port_base: int | None, optional: tuple[str, ...]) -> int:
    """Start the cloud, in the shape of the specs in FOLDER (without it: the shape it had)."""
    specs = specs_of(folder)[0] if folder else None
    with told():
        cloud = lab.cloud_of(directory, specs, port_base, optional)
        lab.install(cloud, say)
        ready = cloud.up(say)
    click.echo("already running" if ready.already_running else f"ready in {ready.seconds:.1f} s")
    click.echo(f"cloud {ready.cloud_name} at {ready.auth_url}")
    click.echo(f"export OS_CLIENT_CONFIG_FILE={ready.clouds_yaml}")
    return 0


@lab_group.command("down")
@directory_option
def down_command(directory: Path) -> int:
    """Stop all services; the cloud's data stays."""
    with told():
        lab.cloud_of(directory, None, None).down()
    click.echo("stopped")
    return 0


@lab_group.command("status")
@directory_option
def status_command(directory: Path) -> int:
    """Show the services. Exit 1 unless all are up."""
    with told():
        status = lab.cloud_of(directory, None, None).status()
    for service in status.services:
        figures = f"pid {service.pid}, {service.rss_bytes >> 20} MiB, {service.cpu_seconds:.0f} CPU s"
        click.echo(
            f"{service.state.value:5} {service.name:10} {service.url}  {figures if service.pid else service.log}"
        )
    if not status.services:
        click.echo(f"no cloud in {directory}")
    return 0 if status.is_up else 1


@lab_group.command("reset")
@directory_option
def reset_command(directory: Path) -> int:
    """Stop the cloud and delete all of it."""
    with told():
        lab.cloud_of(directory, None, None).reset()
    click.echo("deleted")
    return 0


@lab_group.command("snapshot")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@directory_option
def snapshot_command(file: Path, directory: Path) -> int:
    """Write the cloud's data to FILE."""
    with told():
        lab.cloud_of(directory, None, None).snapshot(file)
    click.echo(f"written: {file}, {file.stat().st_size >> 10} KiB")
    return 0


@lab_group.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@directory_option
@click.option("--port-base", type=click.IntRange(1024, 65000), help="First of eleven ports [default: a free block]")
def restore_command(file: Path, directory: Path, port_base: int | None) -> int:
    """Replace the cloud's data by those of FILE; then `mutualis lab up`."""
    with told():
        lab.cloud_of(directory, None, port_base).restore(file)
    click.echo(f"restored; start it with `mutualis lab up --dir {directory}`")
    return 0


lab_group.add_command(hosts_group)
