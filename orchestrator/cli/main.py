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
    "init": ("orchestrator.cli.init:init_command", "Write a commented example of a spec."),
    "schema": ("orchestrator.cli.schema:schema_command", "Print the JSON Schema of specs."),
    "explain": ("orchestrator.cli.explain:explain_command", "Explain a field of the specs."),
    "upgrade": ("orchestrator.cli.upgrade:upgrade_command", "Rewrite specs of an older version for the present one."),
    "validate": ("orchestrator.cli.validate:validate_command", "Check specs: schema, references, policy, capacity."),
    "review": ("orchestrator.cli.review:review_command", "Tell what a merge request would do."),
    "plan": ("orchestrator.cli.plan:plan_command", "Show what applying specs would do."),
    "apply": ("orchestrator.cli.apply:apply_command", "Carry out a reviewed plan, or a folder of specs."),
    "drift": ("orchestrator.cli.drift:drift_command", "Compare the cloud with what was last applied."),
    "audit": ("orchestrator.cli.audit:audit_command", "Measure the hardening of hosts by OpenSCAP."),
    "describe": ("orchestrator.cli.describe:describe_command", "Print a member's sheet."),
    "report": ("orchestrator.cli.report:report_command", "Show what the last apply did."),
    "waivers": ("orchestrator.cli.waivers:waivers_command", "List waivers by age, with what they suspend."),
    "capacity": ("orchestrator.cli.capacity:capacity_command", "Show what is used, promised and left."),
    "what-if": ("orchestrator.cli.what_if:what_if_command", "Lose, add and retire in thought."),
    "exporter": ("orchestrator.cli.exporter:exporter_command", "Serve the region's figures to Prometheus."),
    "exporter-token": (
        "orchestrator.cli.exporter_token:exporter_token_command",
        "Print a token for a member's own page.",
    ),
    "hosts": ("orchestrator.cli.hosts:hosts_group", "List hosts; wipe a disk, remove a host."),
    "lab": ("orchestrator.cli.lab:lab_group", "A real OpenStack, and Debian machines, to try things on."),
}
"""In the order of the flow: place, and one line for the list of commands.

A command's modules are imported when it is called: `validate` needs no Pulumi, the list itself nothing.
"""


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
