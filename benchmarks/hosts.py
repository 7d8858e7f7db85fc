"""Set up 50 hosts by a playbook of 40 tasks, beside plain `ansible-playbook` with the same settings.

    python benchmarks/hosts.py [--hosts 50] [--tasks 40] [--machines 5] [--rounds 3]

As root: the hosts are addresses of a few test machines (systemd-nspawn), reached by SSH, a connection each. Everything
is in place already, so that a run finds nothing to change, which is what most runs do. Whole processes, in turn.
"""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path

from measurement import program
from measurement.errors import BenchmarkError
from measurement.process import Finished
from measurement.product import product
from measurement.rounds import Spread, interleave, times_faster
from measurement.table import number, table
from measurement.verdict import Verdict
from set_ups.contenders import Place, left, ours, plain
from set_ups.playbook import write_playbook

NAME, UNIT = "hosts", "s"
GOAL = "at most 5 % longer than plain ansible-playbook, no file left"
MOST = 1.05
FULL_HOSTS, FULL_TASKS, MOST_HOSTS = 50, 40, 150
OURS, PEER = "mutualis", "ansible-playbook, same settings"
MEGABYTE = 1_000_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=FULL_HOSTS, help="at most 150 [default: %(default)s]")
    options.add_argument("--tasks", type=int, default=FULL_TASKS, help="[default: %(default)s]")
    options.add_argument("--machines", type=int, default=5, help="test machines [default: %(default)s]")
    options.add_argument("--rounds", type=int, default=3, help="runs of each contender [default: %(default)s]")
    program.main(NAME, UNIT, GOAL, partial(measure, options.parse_args()))


def measure(given: argparse.Namespace, folder: Path) -> Verdict:
    """`folder`: for everything that is written, the machines included."""
    if given.hosts > MOST_HOSTS:
        raise BenchmarkError(f"the machines' network has room for {MOST_HOSTS} hosts")
    if os.getuid() != 0:
        raise BenchmarkError("test machines need root")
    here = product(folder)
    (folder / "home").mkdir()
    limit = 300.0 + 2.0 * given.hosts * given.tasks
    place = Place(product=here, folder=folder, hosts=given.hosts, tasks=given.tasks, limit=limit)
    write_playbook(folder, given.tasks)
    try:
        program.progress(f"starting {given.machines} machines")
        place.program("machines.py", "up", str(folder), str(given.machines), str(given.hosts))
        place.program("region.py", "inventory", str(folder), str(given.hosts))
        program.progress("setting everything up for the first time")
        ours(place)
        found = interleave({OURS: partial(ours, place), PEER: partial(plain, place)}, given.rounds, program.progress)
        files = left(place, found[OURS][-1])
    finally:
        place.program("machines.py", "down", str(folder))
    _print(given, found, files)
    return verdict(given, found, files)


def verdict(given: argparse.Namespace, found: dict[str, list[Finished]], files: tuple[str, ...]) -> Verdict:
    seconds = {name: [one.seconds for one in runs] for name, runs in found.items()}
    ratio = times_faster(seconds[OURS], seconds[PEER])
    return Verdict(
        name=NAME,
        ours=Spread.of(seconds[OURS]).median,
        unit=UNIT,
        peer=PEER,
        peer_value=Spread.of(seconds[PEER]).median,
        ratio=ratio,
        goal=GOAL,
        reached=ratio >= 1 / MOST and not files,
        full_size=given.hosts >= FULL_HOSTS and given.tasks >= FULL_TASKS,
        further={
            "hosts": given.hosts,
            "tasks": given.tasks,
            "machines": given.machines,
            "rounds": given.rounds,
            "files_left": len(files),
        },
    )


def _print(given: argparse.Namespace, found: dict[str, list[Finished]], files: tuple[str, ...]) -> None:
    print(f"{given.hosts} hosts on {given.machines} machines x {given.tasks} tasks, nothing to change, ", end="")
    print(f"{given.rounds} rounds; whole processes\n")
    rows = []
    for name, runs in found.items():
        seconds = [one.seconds for one in runs]
        spread, cpu = Spread.of(seconds), Spread.of([one.cpu_seconds for one in runs]).median
        times = times_faster([one.seconds for one in found[OURS]], seconds)
        figures = (spread.lowest, spread.median, spread.highest, cpu, max(one.peak_bytes for one in runs) / MEGABYTE)
        rows.append((name, *(number(figure) for figure in (*figures, times))))
    print(table(("", "min s", "median s", "max s", "CPU s", "peak MB", "times ours"), rows))
    print(f"\nfiles left by {OURS}: {len(files) or 'none'}", *files[:10], sep="\n  ")
    print()


if __name__ == "__main__":
    main()
