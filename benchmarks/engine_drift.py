"""Look for drift in 100 tenants of 12 resources by one fleet call, beside one refresh each.

    python benchmarks/engine_drift.py [--tenants 100] [--rounds 3] [--sample 5]

All on one embedded cloud, on the same stacks, in turn; nobody writes. Refreshes by Pulumi's own engine are
extrapolated from a sample, where it is installed. The floor is the sum of the times of the fleet call's own calls.
"""

from __future__ import annotations

import argparse
import json
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measurement import program
from measurement.errors import BenchmarkError
from measurement.official_engine import MISSING, is_installed
from measurement.process import Finished, run
from measurement.product import product
from measurement.rounds import Spread, interleave, times_faster
from measurement.table import number, table
from measurement.verdict import Verdict
from tenancies.contenders import Place, by_engine
from tenancies.limits import RESOURCES
from tenancies.on_a_cloud import on_a_cloud

NAME, UNIT = "engine_drift", "s"
GOAL = "<= 30 list calls; >= 20x faster than a refresh each by the official engine where it is installed"
MOST_LISTS, TIMES_OFFICIAL, FULL_SIZE = 30, 20.0, 100
OURS, EACH, OFFICIAL = "drift_many", "embedded engine: a refresh each", "official engine: a refresh each"
MEGABYTE = 1_000_000
LOOK = Path(__file__).with_name("fleets") / "look.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    tenants: int
    rounds: int
    sample: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tenants", type=int, default=FULL_SIZE, help="[default: %(default)s]")
    options.add_argument("--rounds", type=int, default=3, help="runs of each contender [default: %(default)s]")
    options.add_argument("--sample", type=int, default=5, help="stacks for the official engine [default: %(default)s]")
    given = options.parse_args()
    size = Size(tenants=given.tenants, rounds=given.rounds, sample=min(given.sample, given.tenants))
    program.main(NAME, UNIT, GOAL, partial(measure, size))


def measure(size: Size, folder: Path) -> Verdict:
    """`folder`: for everything that is written, the cloud included."""
    here = product(folder)
    with on_a_cloud(here, folder, tenants=size.tenants, at_once=4) as place:
        program.progress(f"building {size.tenants} tenants")
        secret = secrets.token_hex(16)
        by_engine("embedded", place, secret).create()
        looks = {OURS: partial(look, "many", size.tenants, place, secret)}
        looks[EACH] = partial(look, "embedded", size.tenants, place, secret)
        if is_installed():
            looks[OFFICIAL] = partial(look, "official", size.sample, place, secret)
        found = interleave(looks, size.rounds, program.progress)
    seconds = extrapolated(size, {name: [one.seconds for one in runs] for name, runs in found.items()})
    _print(size, found, seconds)
    return verdict(size, seconds, told(found[OURS][-1]))


def look(how: str, tenants: int, place: Place, secret: str) -> Finished:
    """One whole process; what it found must be nothing, as nobody has changed anything."""
    environment = {**place.product.environment, "PULUMI_CONFIG_PASSPHRASE": secret}
    folder = place.folder / "embedded"
    command = (place.product.python, LOOK, how, folder, place.clouds, place.cloud, str(tenants))
    done = run(command, limit=place.limit, environment=environment)
    if told(done)["drifted"]:
        raise BenchmarkError(f"{how} tells of {told(done)['drifted']} drifted resources where there are none")
    if how == "many" and told(done)["resources"] != tenants * RESOURCES:
        raise BenchmarkError(f"drift_many looked at {told(done)['resources']} resources of {tenants * RESOURCES}")
    return done


def told(done: Finished) -> dict[str, float]:
    """What a look says of itself."""
    found: dict[str, float] = json.loads(done.output.splitlines()[-1])
    return found


def extrapolated(size: Size, seconds: dict[str, list[float]]) -> dict[str, list[float]]:
    """The sample as all tenants; its start is counted once for each, which is little beside a refresh."""
    factor = size.tenants / size.sample if size.sample else 1.0
    return {
        name: [one * factor for one in found] if name == OFFICIAL else list(found) for name, found in seconds.items()
    }


def _print(size: Size, found: dict[str, list[Finished]], seconds: dict[str, list[float]]) -> None:
    print(f"{size.tenants} tenants x {RESOURCES} resources, no drift, {size.rounds} rounds; whole processes\n")
    rows = []
    for name, runs in found.items():
        spread = Spread.of(seconds[name])
        cpu = Spread.of([one.cpu_seconds for one in runs]).median
        peak = max(one.peak_bytes for one in runs) / MEGABYTE
        times = times_faster(seconds[OURS], seconds[name])
        stacks = size.sample if name == OFFICIAL else size.tenants
        figures = (spread.lowest, spread.median, spread.highest, cpu, peak, times)
        rows.append((name, str(stacks), *(number(figure) for figure in figures)))
    print(table(("", "stacks", "min s", "median s", "max s", "CPU s", "peak MB", "times ours"), rows))
    ours = told(found[OURS][-1])
    print(
        f"\n{OURS}: {ours['list_calls']:.0f} list calls, {ours['single_reads']:.0f} single reads (Nova's and Cinder's"
    )
    print(f"quotas, which no list tells); the sum of the times of its {ours['calls']:.0f} calls is", end=" ")
    print(f"{number(ours['api_seconds'])} s")
    if OFFICIAL not in found:
        print(f"official engine: {MISSING}")
    print()


def verdict(size: Size, seconds: dict[str, list[float]], ours: dict[str, float]) -> Verdict:
    """Judged by the number of list calls, and by the official engine where there is one."""
    ratio = times_faster(seconds[OURS], seconds[OFFICIAL]) if OFFICIAL in seconds else None
    return Verdict(
        name=NAME,
        ours=Spread.of(seconds[OURS]).median,
        unit=UNIT,
        peer=f"{OFFICIAL}, extrapolated",
        peer_value=Spread.of(seconds[OFFICIAL]).median if OFFICIAL in seconds else None,
        ratio=ratio,
        goal=GOAL,
        reached=ours["list_calls"] <= MOST_LISTS and (ratio is None or ratio >= TIMES_OFFICIAL),
        full_size=size.tenants >= FULL_SIZE,
        further={
            "tenants": size.tenants,
            "rounds": size.rounds,
            "list_calls": ours["list_calls"],
            "single_reads": ours["single_reads"],
            "api_seconds": ours["api_seconds"],
            "refresh_each": Spread.of(seconds[EACH]).median,
            "times_refresh_each": times_faster(seconds[OURS], seconds[EACH]),
        },
    )


if __name__ == "__main__":
    main()
