"""`mutualis capacity`: what there is, what was promised, what is taken."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from orchestrator.cli.canvas import canvas_of_output, print_text
from orchestrator.cli.capacity_look import CapacityLook
from orchestrator.cli.options import clouds_option, folder_argument, format_option
from orchestrator.cli.watch import watch
from orchestrator.errors import UsageError
from orchestrator.reporting.capacity.as_json import capacity_to_json
from orchestrator.reporting.capacity.page.document import LANGUAGES, capacity_to_html
from orchestrator.reporting.capacity.terminal.as_text import capacity_to_text
from orchestrator.reporting.capacity.view import CapacityView

EVERY: Final = "30"
EXIT_STALE: Final = 4


class _Watchable(click.Command):
    """`--watch` may stand without its seconds, before another argument too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _with_seconds(args))


def _with_seconds(arguments: Sequence[str]) -> list[str]:
    found: list[str] = []
    for at, argument in enumerate(arguments):
        following = arguments[at + 1] if at + 1 < len(arguments) else ""
        bare = argument == "--watch" and not re.fullmatch(r"-?[\d.]+", following)
        found.append(f"--watch={EVERY}" if bare else argument)
    return found


@click.command("capacity", cls=_Watchable)
@folder_argument
@click.option("--site", default="", metavar="NAME", help="One site, with its aggregates and its tenants")
@click.option("--tenant", default="", metavar="NAME", help="One member's own figures, and nobody else's")
@click.option("--specs-only", is_flag=True, help="Do not ask the cloud: what the specs say alone")
@click.option(
    "--watch",
    "every",
    type=click.FloatRange(1, 86400),
    metavar="[SECONDS]",
    help=f"Look again and again, every {EVERY} seconds unless told, until Ctrl-C",
)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write one self-contained page (- for standard output) instead of text",
)
@click.option(
    "--language",
    type=click.Choice(tuple(LANGUAGES)),
    default="en",
    show_default=True,
    envvar="MUTUALIS_LANGUAGE",
    help="Of the page; MUTUALIS_LANGUAGE says it too",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json; with --watch one line a look")
@format_option("text", "json")
@clouds_option
def capacity_command(
    folder: Path,
    site: str,
    tenant: str,
    every: float | None,
    html: Path | None,
    language: str,
    format_: str,
    clouds: Path | None,
    *,
    specs_only: bool,
    as_json: bool,
) -> int:
    """Show the region's capacity by site and by tenant, and what does not fit.

    Exit 4 when a part of the cloud did not answer; 0 when a watch is interrupted.
    """
    if site and tenant:
        raise UsageError("--site and --tenant together mean nothing", hint="a member's figures are of all sites")
    json = as_json or format_ == "json"
    if html and (json or every is not None):
        raise UsageError("--html goes with neither --json nor --watch", hint="ask for the page alone")
    look = CapacityLook(folder, clouds, site=site, tenant=tenant, cloud=not specs_only, again=every is not None)
    if every is not None:
        watch(look, (lambda view: capacity_to_json(view, indent=None).rstrip()) if json else _text, every)
        return 0
    view = look()
    if html:
        _write_page(html, capacity_to_html(view, language))
    elif json:
        click.echo(capacity_to_json(view), nl=False)
    else:
        print_text(_text(view), canvas_of_output())
    return EXIT_STALE if view.stale else 0


def _write_page(file: Path, page: str) -> None:
    """At once or not at all: who serves the folder never serves half a page."""
    if str(file) == "-":
        sys.stdout.buffer.write(page.encode())  # it says itself that it is UTF-8, whatever the terminal is
        sys.stdout.buffer.flush()
        return
    part = file.with_name(f".{file.name}.part")
    part.write_text(page, encoding="utf-8")
    part.replace(file)


def _text(view: CapacityView) -> str:
    return capacity_to_text(view, canvas_of_output())
