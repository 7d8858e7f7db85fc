"""`mutualis review`: what a merge request would do, told from Git's objects alone."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Final

import click

from orchestrator.cli.options import folder_argument, format_option, rules_folder
from orchestrator.errors import UsageError
from orchestrator.model.review import Review
from orchestrator.model.rule_text import RuleText
from orchestrator.reporting import review as forms
from orchestrator.wiring.review import reviewed

Render = Callable[[Review, tuple[RuleText, ...]], str]
RENDERERS: Final[dict[str, Render]] = {
    "text": lambda found, _: forms.review_to_text(found),
    "markdown": lambda found, _: forms.review_to_markdown(found),
    "json": lambda found, _: forms.review_to_json(found),
    "sarif": lambda found, rules: forms.review_to_sarif(found, rules, version("mutualis")),
    "junit": lambda found, _: forms.review_to_junit(found),
}
_FILE: Final = click.Path(path_type=Path, dir_okay=False)


def _file_option(form: str, what: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    return click.option(f"--{form}", f"{form}_file", type=_FILE, metavar="FILE", help=f"Write {what} besides")


@click.command("review")
@folder_argument
@click.option(
    "--base", metavar="REF", help="The branch that the change is for; its last shared commit is compared with"
)
@click.option("--head", metavar="REF", default="HEAD", show_default=True, help="The change")
@click.option("--no-base", is_flag=True, help="Compare with nothing: everything is new")
@click.option(
    "--repository",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="The repository, bare or a working copy [default: the one around the current folder]",
)
@click.option(
    "--load",
    type=click.FloatRange(0, 100),
    default=50,
    show_default=True,
    metavar="PERCENT",
    help="Of hosts, from idle to the most they draw: for energy and footprint",
)
@_file_option("markdown", "the comment")
@_file_option("json", "everything as data")
@_file_option("sarif", "the findings as SARIF 2.1.0")
@_file_option("junit", "the findings as JUnit's XML")
@format_option(*RENDERERS)
def review_command(
    folder: Path,
    base: str | None,
    head: str,
    no_base: bool,  # noqa: FBT001 click gives it so
    repository: Path,
    load: float,
    format_: str,
    **files: Path | None,
) -> int:
    """Tell what a change would do to the region in FOLDER, by two revisions of a Git repository.

    Nothing is checked out, and nothing of the change is run. Resources, policy, capacity, cost and footprint.
    Exit 1 when something refuses the change, 4 when Git cannot answer.
    """
    if (base is None) is not no_base:
        raise UsageError("name either --base or --no-base", hint="--base main, or the branch that the change is for")
    found, rules = reviewed(
        repository, folder, base=base, head=head, rules=rules_folder(), load=Fraction(str(load)) / 100
    )
    for form, render in RENDERERS.items():
        if file := files.get(f"{form}_file"):
            file.write_text(render(found, rules), encoding="utf-8")
    click.echo(RENDERERS[format_](found, rules), nl=False)
    return int(found.refuses)
