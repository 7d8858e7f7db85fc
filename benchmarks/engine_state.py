"""What keeping the state costs a step, against the size of the stack: bytes written and waits for the disk.

    python benchmarks/engine_state.py [--resources 100 500 1000 2000] [--svg FILE]

A stack of that size gets ten resources more, another one thirty; objects are made up, the state is the engine's own,
strace counts what is written below its folder. What thirty cost more than ten is the price of twenty steps; the rest
of the ten's is the operation's, once. Pulumi's own engine joins where it is installed. Counts, not seconds: a busy
machine does no harm. `--svg`: where to draw it.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measurement import program
from measurement.errors import BenchmarkError
from measurement.official_engine import MISSING, is_installed
from measurement.plot import svg
from measurement.process import run
from measurement.product import Product, product
from measurement.table import number, table
from measurement.verdict import Verdict
from measurement.written import Written, watched

NAME, UNIT = "engine_state", "bytes a step"
GOAL = "what a step writes does not grow with the stack: at most a tenth more at 2000 resources than at 100"
GROWTH, FULL_SIZES = 1.1, (100, 500, 1000, 2000)
OURS, OFFICIAL = "embedded engine", "official engine"
ENGINES = {OURS: "embedded", OFFICIAL: "official"}
FEW, MANY = 10, 30
LIMIT = 1800.0
FLEETS = Path(__file__).with_name("fleets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Bytes and syncs a step, and those of an operation besides its steps. `resources`: before the first step.

    An engine whose steps write the whole state writes more at the thirtieth than at the first: what is left for the
    operation itself then says nothing.
    """

    resources: int
    step: float
    step_syncs: float
    operation: float
    operation_syncs: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--resources", type=int, nargs="+", default=FULL_SIZES, help="[default: %(default)s]")
    options.add_argument("--svg", type=Path, help="draw it there")
    given = options.parse_args()
    program.main(NAME, UNIT, GOAL, partial(measure, sorted(given.resources), given.svg))


def measure(sizes: Sequence[int], picture: Path | None, folder: Path) -> Verdict:
    """`folder`: for everything that is written but the picture."""
    here = product(folder)
    names = (OURS, OFFICIAL) if is_installed() else (OURS,)
    found: dict[str, list[Price]] = {name: [] for name in names}
    for size in sizes:
        program.progress(f"making a stack of {size} resources")
        made = folder / f"made-{size}"
        _run(here, "unchanged.py", "make-large", made, size)
        for name in names:
            program.progress(f"{name}, {size} resources: {FEW} more, then {MANY}")
            found[name].append(_priced(here, ENGINES[name], size, made, folder / f"{ENGINES[name]}-{size}"))
    print(f"one resource more in a stack, one after the other; steps out of {MANY} and {FEW}\n")
    print(table(("", "resources", "bytes a step", "syncs a step", "bytes once", "syncs once"), _rows(found)))
    print("\nonce: in an operation, besides its steps; syncs: calls of fsync and fdatasync")
    if OFFICIAL not in found:
        print(f"official engine: {MISSING}")
    print()
    if picture is not None:
        picture.write_text(drawn(found), encoding="utf-8")
    return verdict(found)


def _priced(here: Product, engine: str, size: int, made: Path, place: Path) -> Price:
    """The first run of an engine brings the state into its own form; it does not count."""
    _run(here, "grow.py", engine, shutil.copytree(made, place), size)
    few, many = (_grown(here, engine, place, size, steps) for steps in (FEW, MANY))
    shutil.rmtree(place)
    return price(size, few, many)


def _grown(here: Product, engine: str, place: Path, size: int, steps: int) -> Written:
    """In a copy of its own: both begin with the same state."""
    copy = shutil.copytree(place, place.with_name(f"{place.name}-{steps}"))
    command = (here.python, FLEETS / "grow.py", engine, copy, str(size + steps))
    done, written = watched(command, copy / "state", copy / "strace", limit=LIMIT, environment=here.environment)
    shutil.rmtree(copy)
    created = json.loads(done.output.splitlines()[-1]).get("create")
    if created != steps:
        raise BenchmarkError(f"{engine} engine: {created} created, not {steps}")
    return written


def _run(here: Product, script: str, *arguments: str | int | Path) -> None:
    run((here.python, FLEETS / script, *map(str, arguments)), limit=LIMIT, environment=here.environment)


def price(size: int, few: Written, many: Written) -> Price:
    """Out of two operations that differ in the number of their steps."""
    steps = MANY - FEW
    step, syncs = (many.size - few.size) / steps, (many.syncs - few.syncs) / steps
    return Price(
        resources=size,
        step=step,
        step_syncs=syncs,
        operation=few.size - FEW * step,
        operation_syncs=few.syncs - FEW * syncs,
    )


def _rows(found: dict[str, list[Price]]) -> list[tuple[str, ...]]:
    lines = []
    for name, prices in found.items():
        for one in prices:
            once = (one.operation, one.operation_syncs) if name == OURS else (None, None)
            lines.append((name, str(one.resources), *map(number, (one.step, one.step_syncs, *once))))
    return lines


def drawn(found: dict[str, list[Price]]) -> str:
    """A line an engine for its steps, and one for what ours writes once an operation."""
    lines = {f"{name}: a step": [(one.resources, one.step) for one in prices] for name, prices in found.items()}
    once = [(one.resources, one.operation) for one in found[OURS]]
    series = {**lines, f"{OURS}: once an operation": once}
    return svg("What keeping the state costs", "resources in the stack", "bytes written", series)


def verdict(found: dict[str, list[Price]]) -> Verdict:
    """Judged by how much the price of a step grows from the smallest stack to the largest; figures of the largest."""
    ours, official = found[OURS], found.get(OFFICIAL)
    growth = ours[-1].step / ours[0].step
    peer = official[-1].step if official else None
    return Verdict(
        name=NAME,
        ours=ours[-1].step,
        unit=UNIT,
        peer=OFFICIAL,
        peer_value=peer,
        ratio=None if peer is None else peer / ours[-1].step,
        goal=GOAL,
        reached=growth <= GROWTH and ours[-1].step_syncs <= ours[0].step_syncs,
        full_size=ours[0].resources <= FULL_SIZES[0] and ours[-1].resources >= FULL_SIZES[-1],
        further={
            "resources": ours[-1].resources,
            "growth": growth,
            "peer_growth": official[-1].step / official[0].step if official else None,
            "syncs_a_step": ours[-1].step_syncs,
            "peer_syncs_a_step": official[-1].step_syncs if official else None,
            "bytes_once": ours[-1].operation,
        },
    )


if __name__ == "__main__":
    main()
