"""Questions to a region of 500 hosts and 1000 tenants, each as a process from its start to its end.

    python benchmarks/what_if.py [--hosts 500] [--tenants 1000] [--rounds 3]

There is no peer: no tool that we know answers them. The region is asked twice, with room and without.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measurement import program
from measurement.process import Finished, run
from measurement.product import Product, product
from measurement.rounds import Spread, interleave
from measurement.table import number, table
from measurement.verdict import Verdict
from region.crowded import write_crowded

NAME, UNIT, GOAL = "what_if", "processor s, the slowest question", "< 10 processor s for 500 hosts"
GOAL_SECONDS, FULL_HOSTS, FULL_TENANTS = 10.0, 500, 1000
LIMIT = 300.0
ROOMY, FULL = 48, 120
"""GiB guaranteed to each tenant: it fits, and it does not."""
QUESTIONS = {
    "lose host": ("--lose", "host=host-002"),
    "lose rack": ("--lose", "rack=nord/r1"),
    "lose site": ("--lose", "site=nord"),
    "add 10 hosts": ("--add", "host=host-002x10"),
    "each host": ("--each", "host"),
    "each rack": ("--each", "rack"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    finished: Finished
    fits: bool


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=FULL_HOSTS, help="[default: %(default)s]")
    options.add_argument("--tenants", type=int, default=FULL_TENANTS, help="[default: %(default)s]")
    options.add_argument("--rounds", type=int, default=3, help="runs of each question [default: %(default)s]")
    given = options.parse_args()
    program.main(NAME, UNIT, GOAL, partial(measure, given.hosts, given.tenants, given.rounds))


def measure(hosts: int, tenants: int, rounds: int, folder: Path) -> Verdict:
    here = product(folder)
    regions = {"with room": folder / "roomy", "over-promised": folder / "full"}
    for (_, region), memory in zip(regions.items(), (ROOMY, FULL), strict=True):
        write_crowded(region, hosts=hosts, tenants=tenants, memory_gib=memory)
    contenders: dict[str, Callable[[], Asked]] = {
        f"{what}, {state}": partial(_ask, here, region, options)
        for state, region in regions.items()
        for what, options in QUESTIONS.items()
    }
    answers = interleave(contenders, rounds, program.progress)
    print(f"{hosts} hosts, {tenants} tenants; {rounds} rounds\n")
    print(table(("", "min s", "median s", "max s", "CPU s", "fits"), [_row(*pair) for pair in answers.items()]), "\n")
    return verdict(hosts, tenants, answers)


def _ask(here: Product, region: Path, options: Sequence[str]) -> Asked:
    command = (here.mutualis, "what-if", region, "--json", *options)
    finished = run(command, limit=LIMIT, environment=here.environment, codes=(0, 1))
    answer = json.loads(finished.output)
    fits = answer["fits"] if "fits" in answer else all(line["fits"] for line in answer["losses"])
    return Asked(finished=finished, fits=fits)


def _row(name: str, found: Sequence[Asked]) -> tuple[str, ...]:
    spread = Spread.of([one.finished.seconds for one in found])
    cpu = Spread.of([one.finished.cpu_seconds for one in found]).median
    figures = (spread.lowest, spread.median, spread.highest, cpu)
    return (name, *map(number, figures), "yes" if found[-1].fits else "no")


def verdict(hosts: int, tenants: int, answers: dict[str, list[Asked]]) -> Verdict:
    """The slowest question decides, by processor time: walls depend on who else is on the machine."""
    walls = {name: Spread.of([one.finished.seconds for one in found]).median for name, found in answers.items()}
    medians = {name: Spread.of([one.finished.cpu_seconds for one in found]).median for name, found in answers.items()}
    slowest = max(medians.values())
    return Verdict(
        name=NAME,
        ours=slowest,
        unit=UNIT,
        peer="",
        peer_value=None,
        ratio=None,
        goal=GOAL,
        reached=slowest < GOAL_SECONDS,
        full_size=hosts >= FULL_HOSTS and tenants >= FULL_TENANTS,
        further={"hosts": hosts, "tenants": tenants, "walls": {name: round(s, 2) for name, s in walls.items()}},
    )


if __name__ == "__main__":
    main()
