"""`mutualis`: the commands are the words of the flow."""

from __future__ import annotations

import sys
from importlib.metadata import version

import click

from orchestrator.cli.apply import apply_command
from orchestrator.cli.capacity import capacity_command
from orchestrator.cli.exporter import exporter_command
from orchestrator.cli.lab import lab_group
from orchestrator.cli.plan import plan_command
from orchestrator.cli.report import report_command
from orchestrator.cli.validate import validate_command
from orchestrator.errors import MutualisError, TemporaryFailure

EXIT_TEMPORARY = TemporaryFailure.exit_code
EXIT_BUG = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("mutualis"), prog_name="mutualis")
def cli() -> None:
    """Infrastructure as code for mutualised datacenters: validate, plan, apply, report, tell capacity."""


for command in (
    validate_command,
    plan_command,
    apply_command,
    report_command,
    capacity_command,
    exporter_command,
    lab_group,
):
    cli.add_command(command)


def main() -> None:
    """The entry point: every error becomes lines that say what, why and what to do, and an exit code."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as err:
        err.show()
        sys.exit(err.exit_code)
    except MutualisError as err:
        _say(err)
        sys.exit(err.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as err:
        click.echo(f"error: {err.strerror or err}: {err.filename or ''}".rstrip(": "), err=True)
        sys.exit(EXIT_TEMPORARY)
    except Exception as err:  # noqa: BLE001 the last door: no traceback reaches a user
        click.echo(f"error: this is a bug of Mutualis: {type(err).__name__}: {err}", err=True)
        click.echo("  -> please report it; MUTUALIS_TRACEBACK=1 shows where it happened", err=True)
        _show_traceback()
        sys.exit(EXIT_BUG)


def _say(error: MutualisError) -> None:
    click.echo(f"error: {error}", err=True)
    cause = error.__cause__
    while isinstance(cause, MutualisError):
        click.echo(f"  because: {cause}", err=True)
        cause = cause.__cause__
    if error.hint:
        click.echo(f"  -> {error.hint}", err=True)


def _show_traceback() -> None:
    import os  # noqa: PLC0415 only when something went wrong
    import traceback  # noqa: PLC0415 the same

    if os.environ.get("MUTUALIS_TRACEBACK"):
        traceback.print_exc()
