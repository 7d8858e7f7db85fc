"""`mutualis what-if`: lose, add, retire in thought, and see who no longer fits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from orchestrator.capacity.ground import ground
from orchestrator.capacity.what_if.answer import answer
from orchestrator.capacity.what_if.changed import changed
from orchestrator.capacity.what_if.question import Question, question
from orchestrator.capacity.what_if.sweep import sweep
from orchestrator.cli.cloud import inventory_of
from orchestrator.cli.options import clouds_option, folder_argument
from orchestrator.cli.specs import written_specs_of
from orchestrator.model.region import FailureDomain
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs
from orchestrator.reporting.what_if_json import sweep_to_data, what_if_to_data
from orchestrator.reporting.what_if_text import sweep_to_text, what_if_to_text

KINDS = tuple(kind.value for kind in FailureDomain)


@click.command("what-if")
@folder_argument
@click.option("--lose", multiple=True, metavar="KIND=NAME", help="host=H, rack=SITE/R, feed=SITE/R/F or site=S is gone")
@click.option("--add", multiple=True, metavar="WHAT", help="host=HxN, host=FILExN: N machines like it; tenant=FILE")
@click.option("--retire", multiple=True, metavar="TENANT", help="Nothing is promised to it any more")
@click.option("--each", multiple=True, type=click.Choice(KINDS), help="Lose every one of a kind, one at a time")
@click.option("--cloud", is_flag=True, help="Supply as the running cloud has it, not as written in the specs")
@click.option("--json", "as_json", is_flag=True, help="Data instead of text")
@clouds_option
def what_if_command(
    folder: Path,
    lose: tuple[str, ...],
    add: tuple[str, ...],
    retire: tuple[str, ...],
    each: tuple[str, ...],
    cloud: bool,  # noqa: FBT001 click gives it so
    as_json: bool,  # noqa: FBT001 the same
    clouds: Path | None,
) -> int:
    """Lose, add and retire in thought: who no longer fits, what is missing, what to buy.

    Options combine and repeat. Without any: every host, rack and site lost, one at a time. Exit 1 when something
    does not fit.
    """
    asked = question(lose, add, retire)
    specs, names = written_specs_of(folder, [Path(file) for file in asked.files])
    snapshot = inventory_of(specs, clouds).read() if cloud else None
    if each or not asked:
        return _sweep(specs, snapshot, each or ("host", "rack", "site"), as_json=as_json)
    return _answer(specs, snapshot, asked, names, as_json=as_json)


def _sweep(specs: Specs, snapshot: InventorySnapshot | None, kinds: tuple[str, ...], *, as_json: bool) -> int:
    given = ground(specs, snapshot)
    lines = tuple(line for kind in kinds for line in sweep(given, FailureDomain(kind)))
    click.echo(json.dumps(sweep_to_data(lines), indent=1) + "\n" if as_json else sweep_to_text(lines), nl=False)
    return int(any(line.misfit for line in lines))


def _answer(
    specs: Specs, snapshot: InventorySnapshot | None, asked: Question, names: Mapping[str, str], *, as_json: bool
) -> int:
    given, said = changed(specs, snapshot, asked, names)
    told = answer(given, said, lost=bool(asked.losses))
    click.echo(json.dumps(what_if_to_data(told), indent=1) + "\n" if as_json else what_if_to_text(told), nl=False)
    return int(not told.judged.fits)
