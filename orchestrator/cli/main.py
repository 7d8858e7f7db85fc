"""`mutualis`: the commands are the words of the flow."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version

import click

from orchestrator.cli.lazy import LazyGroup
from orchestrator.errors import MutualisError, TemporaryFailure

EXIT_TEMPORARY = TemporaryFailure.exit_code
EXIT_BUG = 3

COMMANDS = {
    "init": "orchestrator.cli.init:init_command",
    "schema": "orchestrator.cli.schema:schema_command",
    "explain": "orchestrator.cli.explain:explain_command",
    "upgrade": "orchestrator.cli.upgrade:upgrade_command",
    "validate": "orchestrator.cli.validate:validate_command",
    "review": "orchestrator.cli.review:review_command",
    "plan": "orchestrator.cli.plan:plan_command",
    "apply": "orchestrator.cli.apply:apply_command",
    "drift": "orchestrator.cli.drift:drift_command",
    "audit": "orchestrator.cli.audit:audit_command",
    "describe": "orchestrator.cli.describe:describe_command",
    "report": "orchestrator.cli.report:report_command",
    "waivers": "orchestrator.cli.waivers:waivers_command",
    "capacity": "orchestrator.cli.capacity:capacity_command",
    "what-if": "orchestrator.cli.what_if:what_if_command",
    "exporter": "orchestrator.cli.exporter:exporter_command",
    "exporter-token": "orchestrator.cli.exporter_token:exporter_token_command",
    "hosts": "orchestrator.cli.hosts:hosts_group",
    "lab": "orchestrator.cli.lab:lab_group",
}
"""In the order of the flow. A command's modules are imported when it is called: `validate` needs no Pulumi."""


@click.group(
    cls=LazyGroup,
    commands_by_name=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("mutualis"), prog_name="mutualis")
def cli() -> None:
    """Infrastructure as code for mutualised datacenters: validate, plan, apply, report, tell capacity."""


def main() -> None:
    """The entry point: every error becomes lines that say what, why and what to do, and an exit code."""
    os.environ.setdefault("GRPC_VERBOSITY", "ERROR")  # before it is loaded: its remarks on closed connections are noise
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
        _drop_output()
        sys.exit(0)
    except OSError as err:
        _drop_output()
        click.echo(f"error: {err.strerror or err}: {err.filename or ''}".rstrip(": "), err=True)
        sys.exit(EXIT_TEMPORARY)
    except Exception as err:  # noqa: BLE001 the last door: no traceback reaches a user
        click.echo(f"error: this is a bug of Mutualis: {type(err).__name__}: {err}", err=True)
        click.echo("  -> please report it; MUTUALIS_TRACEBACK=1 shows where it happened", err=True)
        _show_traceback()
        sys.exit(EXIT_BUG)


def _drop_output() -> None:
    """What standard output did not take, so that the interpreter does not complain of it when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
