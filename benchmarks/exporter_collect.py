"""Collect a whole made-up cloud, cold and warm: seconds, processor seconds, calls, tokens, and whether it is right.

    python benchmarks/exporter_collect.py [--sizes S M L] [--latencies 0 20] [--rounds 3]
        [--peer-sizes S M] [--openstack-exporter FILE] [--os-capacity FILE]

The cloud is a stub (benchmarks/stub_cloud) whose answers were recorded from the embedded cloud and multiplied. Ours is
timed from the start of its process to its first page, the specs read and judged included; peers are running already
and are timed from the question for their page to its end.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from exporting import peers
from exporting.expected import expected
from exporting.figures import Figures, differing, figures
from exporting.floor import floor
from exporting.ours import NAME as OURS
from exporting.ours import exporter
from exporting.peer_expected import peer_expected
from exporting.server_process import Served
from measurement import program
from measurement.errors import BenchmarkError
from measurement.product import Product, product
from measurement.rounds import Spread
from measurement.table import number, table
from measurement.verdict import Verdict
from region.spacious import write_spacious
from stub_cloud.estate import Estate
from stub_cloud.running import Asked, RunningStub, running_stub
from stub_cloud.serve import size_of

NAME, UNIT = "exporter_collect", "s, cold, M, 20 ms a call, start of the process included"
GOAL = "< 5 s and < 250 calls for 1000 tenants, 200 hosts, 5000 servers at 20 ms a call"
GOAL_SECONDS, GOAL_CALLS, GOAL_SIZE, GOAL_LATENCY = 5.0, 250, "M", 20.0
COLD, WARM, FLOOR = "cold", "warm", "floor: the cold calls, raw"
PEER_LIMIT = 900.0
PEER_ROUNDS = 1
"""One collection of a peer takes a minute and more."""

Case = tuple[str, float]
"""Size, milliseconds a call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    seconds: float
    cpu: float = 0.0
    memory: float = 0.0
    series: int = 0
    asked: Asked = field(default_factory=lambda: Asked(calls={}, sent={}, tokens=0))


Found = dict[str, list[Collected]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", nargs="+", default=["S", "M", "L"], help="[default: %(default)s]")
    options.add_argument("--latencies", nargs="+", type=float, default=[0.0, 20.0], help="ms [default: %(default)s]")
    options.add_argument("--rounds", type=int, default=3, help="cold starts [default: %(default)s]")
    options.add_argument("--peer-sizes", nargs="*", default=["S", "M"], help="[default: %(default)s]")
    peers.add_options(options)
    given = options.parse_args()
    program.main(NAME, UNIT, GOAL, partial(measure, given))


def measure(given: argparse.Namespace, folder: Path) -> Verdict:
    here, others = product(folder), peers.found(given)
    found: dict[Case, Found] = {}
    for size in given.sizes:
        estate = Estate(size_of(size))
        region = folder / f"region-{size}"
        write_spacious(region, estate)
        with running_stub(size, folder / f"stub-{size}") as stub:
            for latency in given.latencies:
                stub.set_latency(latency)
                case = Bench(product=here, stub=stub, estate=estate, region=region, folder=folder)
                case_peers = others if size in given.peer_sizes else ()
                found[size, latency] = case.collect(given.rounds, case_peers, f"{size}, {latency:.0f} ms")
    for case, contenders in found.items():
        print(f"\n{case[0]}, {case[1]:.0f} ms a call")
        print(table(HEADER, [_row(*pair) for pair in contenders.items()]))
    print()
    return verdict(found, given.rounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One cloud, as slow as it is now."""

    product: Product
    stub: RunningStub
    estate: Estate
    region: Path
    folder: Path

    def collect(self, rounds: int, others: tuple[peers.Peer, ...], what: str) -> Found:
        """Contenders in turn; the stub has rendered its answers before anybody is timed."""
        found: Found = {f"{OURS}, {COLD}": [], f"{OURS}, {WARM}": [], FLOOR: []}
        self._ours({}, self.folder / "unmeasured.log")
        for turn in range(rounds):
            program.progress(f"{what}: round {turn + 1} of {rounds}")
            self._ours(found, self.folder / "ours.log")
        for peer in others:
            program.progress(f"{what}: {peer.name}")
            with peer.started(self.stub.clouds, self.folder / f"{peer.name}.log") as server:
                found[peer.name] = [self._peer(peer, server) for _ in range(PEER_ROUNDS)]
        return found

    def _ours(self, found: Found, log: Path) -> None:
        self.stub.reset()
        with exporter(self.product, self.region, self.stub.clouds, log) as ours:
            cold = self._measured(ours.server, 0.0, ours.ready)
            targets = self.stub.targets()
            self._check(OURS, ours.page(), expected(self.estate))
            self.stub.reset()
            warm = self._measured(ours.server, ours.server.cpu(), ours.collect)
            self._check(OURS, ours.page(), expected(self.estate))
        raw = Collected(seconds=floor(self.stub.base, targets))
        for name, one in zip(found, (cold, warm, raw), strict=False):
            found[name].append(one)

    def _measured(self, server: Served, cpu: float, collect: Callable[[], float]) -> Collected:
        """`cpu`: what the process had used before."""
        seconds = collect()
        used, asked = server.cpu() - cpu, self.stub.asked()
        page = server.get(PEER_LIMIT)
        return Collected(
            seconds=seconds,
            cpu=used,
            memory=server.memory("VmHWM"),
            series=sum(not line.startswith(b"#") for line in page.splitlines()),
            asked=asked,
        )

    def _peer(self, peer: peers.Peer, server: Served) -> Collected:
        self.stub.reset()
        cpu, begun = server.cpu(), time.perf_counter()
        text = server.get(PEER_LIMIT)
        seconds = time.perf_counter() - begun
        page = figures(text.decode())
        self._check(peer.name, page, peer_expected(peer.name, self.estate))
        used, memory = server.cpu() - cpu, server.memory("VmHWM")
        return Collected(seconds=seconds, cpu=used, memory=memory, series=len(page), asked=self.stub.asked())

    def _check(
        self, name: str, page: Figures, right: Mapping[str, Mapping[tuple[str, frozenset[tuple[str, str]]], float]]
    ) -> None:
        for service, wanted in right.items():
            if wrong := differing(page, wanted):
                raise BenchmarkError(
                    f"{name}: {len(wrong)} of {len(wanted)} figures from {service} are wrong: {wrong[0]}"
                )


HEADER = ("", "min s", "median s", "max s", "CPU s", "MiB", "calls", "tokens", "MB read", "series")


def _row(name: str, found: list[Collected]) -> tuple[str, ...]:
    spread = Spread.of([one.seconds for one in found])
    last = found[-1]
    cpu = Spread.of([one.cpu for one in found]).median
    figures_ = (spread.lowest, spread.median, spread.highest, cpu, last.memory)
    if name == FLOOR:
        return (name, *map(number, figures_[:3]), *("-",) * 6)
    counts = (last.asked.number, last.asked.tokens)
    read = sum(last.asked.sent.values()) / 1e6
    return (name, *map(number, figures_), *map(str, counts), number(read), str(last.series))


def verdict(found: Mapping[Case, Found], rounds: int) -> Verdict:
    """Of the cold collection of the goal's case, or of the first one where that was not run."""
    full = (GOAL_SIZE, GOAL_LATENCY) in found
    contenders = found[GOAL_SIZE, GOAL_LATENCY] if full else next(iter(found.values()))
    cold = contenders[f"{OURS}, {COLD}"]
    seconds, calls = Spread.of([one.seconds for one in cold]).median, max(one.asked.number for one in cold)
    theirs = contenders.get(peers.OPENSTACK_EXPORTER)
    peer = Spread.of([one.seconds for one in theirs]).median if theirs else None
    return Verdict(
        name=NAME,
        ours=seconds,
        unit=UNIT,
        peer=peers.OPENSTACK_EXPORTER,
        peer_value=peer,
        ratio=peer / seconds if peer else None,
        goal=GOAL,
        reached=seconds < GOAL_SECONDS and calls < GOAL_CALLS,
        full_size=full,
        further={
            "rounds": rounds,
            "calls": calls,
            "medians": {f"{case[0]} {case[1]:.0f} ms": _medians(one) for case, one in found.items()},
        },
    )


def _medians(found: Found) -> dict[str, float]:
    return {name: round(Spread.of([one.seconds for one in runs]).median, 3) for name, runs in found.items()}


if __name__ == "__main__":
    main()
