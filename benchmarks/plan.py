"""Plan 1000 tenants of which none has changed, beside one preview each.

    python benchmarks/plan.py [--tenants 1000] [--rounds 3] [--sample 8]

The region is made up: specs generated in the demo's shape, the ledger written by the product's own functions as if
all had been applied, no state of stacks. Previews of all tenants are extrapolated from a sample of tenants that the
ledger does not know, by the embedded engine always, by Pulumi's own (the peer) where it is installed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measurement import program
from measurement.official_engine import MISSING, is_installed
from measurement.process import Finished
from measurement.product import Product, product
from measurement.rounds import Spread, interleave, times_faster
from measurement.running_cloud import running_cloud
from measurement.table import number, table
from measurement.verdict import Verdict
from region.applied import AppliedRegion, extrapolated
from region.write import write_region

NAME, UNIT = "plan", "s"
GOAL = "< 5 s for 1000 tenants; > 200x faster than previews by the official engine where it is installed"
GOAL_SECONDS, GOAL_TIMES, FULL_SIZE = 5.0, 200.0, 1000
OURS, EMBEDDED, OFFICIAL = "mutualis plan", "embedded engine: a preview each", "official engine: a preview each"
LIMIT = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    tenants: int
    rounds: int
    sample: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tenants", type=int, default=FULL_SIZE, help="[default: %(default)s]")
    options.add_argument("--rounds", type=int, default=3, help="runs of each contender [default: %(default)s]")
    options.add_argument("--sample", type=int, default=8, help="previews; 0: none, no cloud [default: %(default)s]")
    given = options.parse_args()
    size = Size(tenants=given.tenants, rounds=given.rounds, sample=min(given.sample, given.tenants))
    program.main(NAME, UNIT, GOAL, partial(measure, size))


def measure(size: Size, folder: Path) -> Verdict:
    """`folder`: for everything that is written."""
    here = product(folder)
    applied = _applied("embedded", size, here, folder)
    if size.sample:
        program.progress("starting a cloud")
        with running_cloud(applied.region.folder, folder, here) as clouds:
            measured = _measured(size, applied, here, folder, clouds)
    else:
        measured = interleave({OURS: applied.plan}, size.rounds, program.progress)
    seconds = totals(size, {name: [one.seconds for one in found] for name, found in measured.items()})
    print(f"{size.tenants} tenants, none changed; ledger made by the product's own functions; {size.rounds} rounds\n")
    print(table(("", "previews", "min s", "median s", "max s", "times ours"), _rows(size, seconds)))
    if size.sample:
        print("\nPreviews are of stacks that do not exist yet, 4 at a time; all but the sample is extrapolated.")
    if OFFICIAL not in seconds:
        print(f"official engine: {MISSING if size.sample else 'needs --sample'}")
    print()
    return verdict(size, seconds)


def _applied(engine: str, size: Size, here: Product, folder: Path) -> AppliedRegion:
    region = write_region(folder / f"region-{engine}", tenants=size.tenants, engine=engine)
    applied = AppliedRegion(product=here, region=region, state=folder / f"state-{engine}", limit=LIMIT)
    applied.write_ledger()
    applied.check()
    return applied


def _measured(
    size: Size, applied: AppliedRegion, here: Product, folder: Path, clouds: Path
) -> dict[str, list[Finished]]:
    contenders: dict[str, Callable[[], Finished]] = {
        OURS: applied.plan,
        EMBEDDED: partial(applied.plan_anew, size.sample, clouds),
    }
    if is_installed():
        official = _applied("official", size, here, folder)
        contenders[OFFICIAL] = partial(official.plan_anew, size.sample, clouds)
    return interleave(contenders, size.rounds, program.progress)


def totals(size: Size, seconds: dict[str, list[float]]) -> dict[str, list[float]]:
    """Samples extrapolated to all tenants, round by round."""
    return {
        name: found
        if name == OURS
        else [
            extrapolated(whole, none, size.sample, size.tenants)
            for whole, none in zip(found, seconds[OURS], strict=True)
        ]
        for name, found in seconds.items()
    }


def _rows(size: Size, seconds: dict[str, list[float]]) -> list[tuple[str, ...]]:
    rows = []
    for name, found in seconds.items():
        spread = Spread.of(found)
        figures = (spread.lowest, spread.median, spread.highest, times_faster(seconds[OURS], found))
        previews = "none" if name == OURS else f"{size.sample} of {size.tenants}"
        rows.append((name, previews, *(number(figure) for figure in figures)))
    return rows


def verdict(size: Size, seconds: dict[str, list[float]]) -> Verdict:
    """Judged by the seconds, and by the peer where there is one."""
    ours = Spread.of(seconds[OURS]).median
    ratio = times_faster(seconds[OURS], seconds[OFFICIAL]) if OFFICIAL in seconds else None
    previews = Spread.of(seconds[EMBEDDED]).median if EMBEDDED in seconds else None
    return Verdict(
        name=NAME,
        ours=ours,
        unit=UNIT,
        peer=f"{OFFICIAL}, extrapolated",
        peer_value=Spread.of(seconds[OFFICIAL]).median if OFFICIAL in seconds else None,
        ratio=ratio,
        goal=GOAL,
        reached=ours < GOAL_SECONDS and (ratio is None or ratio > GOAL_TIMES),
        full_size=size.tenants >= FULL_SIZE,
        further={
            "tenants": size.tenants,
            "rounds": size.rounds,
            "sample": size.sample,
            "embedded_previews_extrapolated": previews,
        },
    )


if __name__ == "__main__":
    main()
