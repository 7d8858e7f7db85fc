"""Create, no-op and delete 20 tenants of 12 resources, 4 at a time, beside an openstack.cloud playbook.

    python benchmarks/engine_create.py [--tenants 20] [--rounds 2]

All on one embedded cloud in one run, in turn; each contender's work is counted by openstacksdk after each part.
Pulumi's own engine joins where it is installed. The floor is a script that makes the same calls and nothing else.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from measurement import program
from measurement.errors import BenchmarkError
from measurement.official_engine import MISSING, is_installed
from measurement.peer_environment import pinned
from measurement.product import product
from measurement.rounds import Spread, interleave, times_faster
from measurement.table import number, table
from measurement.verdict import Verdict
from tenancies.contender import Life, count, live
from tenancies.contenders import Place, api_seconds, by_ansible, by_engine, by_sdk
from tenancies.on_a_cloud import on_a_cloud

NAME, UNIT = "engine_create", "s"
GOAL = ">= 5x faster than the playbook, >= 1.5x than the official engine where it is installed"
TIMES_PLAYBOOK, TIMES_OFFICIAL, FULL_SIZE = 5.0, 1.5, 20
OURS, PLAYBOOK, OFFICIAL = "embedded engine", "openstack.cloud playbook", "official engine"
FLOOR = "openstacksdk script"
MEGABYTE = 1_000_000
AT_ONCE = 4
PARTS = ("create", "no_op", "delete")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tenants", type=int, default=FULL_SIZE, help="[default: %(default)s]")
    options.add_argument("--rounds", type=int, default=2, help="lives of each contender [default: %(default)s]")
    given = options.parse_args()
    program.main(NAME, UNIT, GOAL, partial(measure, given.tenants, given.rounds))


def measure(tenants: int, rounds: int, folder: Path) -> Verdict:
    """`folder`: for everything that is written, the cloud included."""
    here = product(folder)
    with on_a_cloud(here, folder, tenants=tenants, at_once=AT_ONCE) as place:
        lives = _lives(place, rounds)
    print(f"{tenants} tenants x 12 resources, {AT_ONCE} at a time, {rounds} rounds; whole processes\n")
    print(table(("", "part", "min s", "median s", "max s", "CPU s", "peak MB", "times ours"), _rows(lives)))
    print("\nCPU s, peak MB: of the contender's processes, not of the cloud; times ours: pair by pair, median")
    print(f"{FLOOR}: no state, no repair; the sum of its calls' times, {AT_ONCE} at a time: {_api(lives[FLOOR])}")
    if OFFICIAL not in lives:
        print(f"official engine: {MISSING}")
    print()
    return verdict(tenants, lives)


def _lives(place: Place, rounds: int) -> dict[str, list[Life]]:
    program.progress("installing the peer")
    contenders = {OURS: by_engine("embedded", place), FLOOR: by_sdk(place)}
    if playbook := by_ansible(place):
        contenders[PLAYBOOK] = playbook
    if is_installed():
        contenders[OFFICIAL] = by_engine("official", place)
    census = partial(count, place.product, place.clouds, place.cloud)
    if any(census().values()):
        raise BenchmarkError("the cloud is not empty at the start")
    lives = {name: partial(live, contender, census, place.tenants) for name, contender in contenders.items()}
    return interleave(lives, rounds, program.progress)


def _seconds(lives: list[Life], part: str) -> list[float]:
    return [float(getattr(life, part).seconds) for life in lives]


def _rows(lives: dict[str, list[Life]]) -> list[tuple[str, ...]]:
    rows = []
    for part in PARTS:
        for name, found in lives.items():
            spread = Spread.of(_seconds(found, part))
            cpu = Spread.of([getattr(life, part).cpu_seconds for life in found]).median
            peak = max(getattr(life, part).peak_bytes for life in found) / MEGABYTE
            times = times_faster(_seconds(lives[OURS], part), _seconds(found, part))
            figures = (spread.lowest, spread.median, spread.highest, cpu, peak, times)
            rows.append((name, part.replace("_", "-"), *(number(figure) for figure in figures)))
    return rows


def _api(floor: list[Life]) -> str:
    sums = {part: Spread.of([api_seconds(getattr(life, part)) for life in floor]).median for part in PARTS}
    return ", ".join(f"{part.replace('_', '-')} {number(seconds)} s" for part, seconds in sums.items())


def verdict(tenants: int, lives: dict[str, list[Life]]) -> Verdict:
    """Judged by the creation."""
    create = {name: _seconds(found, "create") for name, found in lives.items()}
    playbook, official = (
        times_faster(create[OURS], create[name]) if name in create else None for name in (PLAYBOOK, OFFICIAL)
    )
    medians = {
        f"{name}_{part}": Spread.of(_seconds(found, part)).median for name, found in lives.items() for part in PARTS
    }
    return Verdict(
        name=NAME,
        ours=Spread.of(create[OURS]).median,
        unit=UNIT,
        peer=f"{PLAYBOOK} (ansible {pinned('ansible', 'ansible')})",
        peer_value=medians.get(f"{PLAYBOOK}_create"),
        ratio=playbook,
        goal=GOAL,
        reached=(playbook or 0.0) >= TIMES_PLAYBOOK and (official is None or official >= TIMES_OFFICIAL),
        full_size=tenants >= FULL_SIZE,
        further={
            "tenants": tenants,
            "rounds": len(create[OURS]),
            "official_ratio": official,
            **{key.replace(" ", "_").replace(".", "_"): value for key, value in medians.items()},
        },
    )


if __name__ == "__main__":
    main()
