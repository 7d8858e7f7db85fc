"""Memory of an exporter that collects again and again: after fifty collections, and what each one adds.

    python benchmarks/exporter_memory.py [--sizes M L] [--cycles 50] [--peer-cycles 5]
        [--openstack-exporter FILE] [--os-capacity FILE]

The cloud is the stub, without latency, so that collections take no longer than they must; its amounts change from one
collection to the next. The slope is the regression line's over the second half: the first fills what is kept.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import linear_regression

from exporting import peers
from exporting.ours import NAME as OURS
from exporting.ours import exporter
from measurement import program
from measurement.product import Product, product
from measurement.table import number, table
from measurement.verdict import Verdict
from region.spacious import write_spacious
from stub_cloud.estate import Estate
from stub_cloud.running import RunningStub, running_stub
from stub_cloud.serve import size_of

NAME, UNIT = "exporter_memory", "MiB after 50 collections of M"
GOAL = "< 250 MiB and no slope after 50 collections of 1000 tenants, 200 hosts, 5000 servers"
GOAL_MIB, GOAL_CYCLES, GOAL_SIZE = 250.0, 50, "M"
NO_SLOPE = 0.1
"""MiB a collection: less than 6 MiB an hour at one a minute, and within the noise of a page of memory here or there."""
CHANGE_EVERY = 10
"""Collections of the same amounts: another generation of the stub takes it a while."""
PEER_LIMIT = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """`memory`: MiB after each collection; `peak`: the most it ever had."""

    contender: str
    size: str
    memory: Sequence[float]
    peak: float

    @property
    def slope(self) -> float:
        """MiB a collection, of the second half."""
        later = self.memory[len(self.memory) // 2 :]
        return linear_regression(range(len(later)), later).slope if len(later) > 1 else 0.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", nargs="+", default=["M", "L"], help="[default: %(default)s]")
    options.add_argument("--cycles", type=int, default=GOAL_CYCLES, help="[default: %(default)s]")
    options.add_argument("--peer-cycles", type=int, default=5, help="of the first size [default: %(default)s]")
    peers.add_options(options)
    program.main(NAME, UNIT, GOAL, partial(measure, options.parse_args()))


def measure(given: argparse.Namespace, folder: Path) -> Verdict:
    here, others, found = product(folder), peers.found(given), []
    for size in given.sizes:
        with running_stub(size, folder / f"stub-{size}") as stub:
            found.append(_ours(here, stub, size, given.cycles, folder))
            if size == given.sizes[0] and given.peer_cycles:
                found += [_peer(peer, stub, size, given.peer_cycles, folder) for peer in others]
    print()
    print(table(HEADER, [_row(one) for one in found]), "\n")
    return verdict(found)


def _ours(here: Product, stub: RunningStub, size: str, cycles: int, folder: Path) -> Grown:
    region = folder / f"region-{size}"
    write_spacious(region, Estate(size_of(size)))
    with exporter(here, region, stub.clouds, folder / "ours.log") as ours:
        ours.ready()
        memory = [ours.server.memory()]
        for cycle in range(1, cycles):
            if cycle % CHANGE_EVERY == 0:
                program.progress(f"{size}: {OURS}, collection {cycle} of {cycles}, {memory[-1]:.0f} MiB")
                stub.set_generation(cycle // CHANGE_EVERY % 2)
            ours.collect()
            memory.append(ours.server.memory())
        return Grown(contender=OURS, size=size, memory=memory, peak=ours.server.memory("VmHWM"))


def _peer(peer: peers.Peer, stub: RunningStub, size: str, cycles: int, folder: Path) -> Grown:
    """It collects when it is scraped."""
    with peer.started(stub.clouds, folder / f"{peer.name}.log") as server:
        memory = []
        for cycle in range(cycles):
            program.progress(f"{size}: {peer.name}, collection {cycle + 1} of {cycles}")
            server.get(PEER_LIMIT)
            memory.append(server.memory())
        return Grown(contender=peer.name, size=size, memory=memory, peak=server.memory("VmHWM"))


HEADER = ("", "size", "collections", "first MiB", "last MiB", "peak MiB", "MiB a collection")


def _row(one: Grown) -> tuple[str, ...]:
    figures = (one.memory[0], one.memory[-1], one.peak, one.slope)
    return (one.contender, one.size, str(len(one.memory)), *map(number, figures))


def verdict(found: Sequence[Grown]) -> Verdict:
    """Of the goal's size, or of the first one where that was not run."""
    mine = [one for one in found if one.contender == OURS]
    ours = next((one for one in mine if one.size == GOAL_SIZE), mine[0])
    theirs = next((one for one in found if one.contender == peers.OPENSTACK_EXPORTER), None)
    return Verdict(
        name=NAME,
        ours=ours.memory[-1],
        unit=UNIT,
        peer=peers.OPENSTACK_EXPORTER,
        peer_value=theirs.memory[-1] if theirs else None,
        ratio=theirs.memory[-1] / ours.memory[-1] if theirs else None,
        goal=GOAL,
        reached=ours.memory[-1] < GOAL_MIB and ours.slope < NO_SLOPE,
        full_size=ours.size == GOAL_SIZE and len(ours.memory) >= GOAL_CYCLES,
        further={f"{one.contender}, {one.size}, MiB a collection": round(one.slope, 4) for one in found},
    )


if __name__ == "__main__":
    main()
