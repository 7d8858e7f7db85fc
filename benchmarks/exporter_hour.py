"""What an exporter asks of the cloud in an hour: calls, tokens, bytes.

    python benchmarks/exporter_hour.py [--size M] [--minutes 60] [--openstack-exporter FILE] [--os-capacity FILE]

The hour is simulated: ours collects sixty times without waiting (one a minute, as it does); each is a real collection,
so what comes in turns comes in its turn. Peers collect whenever they are scraped: one scrape is measured and counts
sixty times; openstack-exporter's cache is filled once and counts twice in its time to live of 300 s.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from exporting import peers
from exporting.expected import expected, quotas
from exporting.figures import differing
from exporting.ours import NAME as OURS
from exporting.ours import exporter
from measurement import program
from measurement.errors import BenchmarkError
from measurement.product import Product, product
from measurement.table import number, table
from measurement.verdict import Verdict
from region.spacious import write_spacious
from stub_cloud.estate import Estate
from stub_cloud.running import RunningStub, running_stub
from stub_cloud.serve import size_of

NAME, UNIT = "exporter_hour", "calls an hour, one collection a minute"
GOAL = ">= 20 times fewer calls than openstack-exporter scraped once a minute, <= 2 tokens, for 1000 tenants"
GOAL_TIMES, GOAL_TOKENS, GOAL_TENANTS, HOUR = 20.0, 2, 1000, 60
CACHED = "openstack-exporter --cache"
REFILLS = 24
"""An hour: every half of its time to live."""
PEER_LIMIT = 900.0
QUIET = 2.0
"""Seconds without a call after which the cache is taken for filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """`measured`: collections that were carried out; the rest is multiplied."""

    contender: str
    measured: int
    calls: int
    tokens: int
    sent: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", default="M", help="[default: %(default)s]")
    options.add_argument("--minutes", type=int, default=HOUR, help="collections of ours [default: %(default)s]")
    peers.add_options(options)
    program.main(NAME, UNIT, GOAL, partial(measure, options.parse_args()))


def measure(given: argparse.Namespace, folder: Path) -> Verdict:
    here, others, estate = product(folder), peers.found(given), Estate(size_of(given.size))
    with running_stub(given.size, folder / "stub") as stub:
        found = [_ours(here, stub, estate, given.minutes, folder)]
        for peer in others:
            found.append(_scraped(peer, stub, given.minutes, folder))
            if peer.name == peers.OPENSTACK_EXPORTER:
                found.append(_cached(peer, stub, given.minutes, folder))
    print(
        f"\n{len(estate.projects)} projects, {len(estate.hosts)} hosts, {len(estate.servers)} servers; "
        f"{given.minutes} minutes\n"
    )
    print(table(HEADER, [_row(one, found[0]) for one in found]), "\n")
    return verdict(given, found)


def _ours(here: Product, stub: RunningStub, estate: Estate, minutes: int, folder: Path) -> Hour:
    """At the end it must know all quotas, too."""
    region = folder / "region"
    write_spacious(region, estate)
    stub.reset()
    with exporter(here, region, stub.clouds, folder / "ours.log") as ours:
        ours.ready()
        for minute in range(1, minutes):
            if minute % 10 == 0:
                program.progress(f"{OURS}: minute {minute}")
            ours.collect()
        asked = stub.asked()
        wanted = list(expected(estate).values())
        if minutes >= HOUR:
            wanted.append(quotas(estate))
        page = ours.page()
    if wrong := [one for figures in wanted for one in differing(page, figures)]:
        raise BenchmarkError(f"{OURS}: {len(wrong)} figures are wrong after {minutes} collections: {wrong[0]}")
    return Hour(
        contender=OURS, measured=minutes, calls=asked.number, tokens=asked.tokens, sent=sum(asked.sent.values())
    )


def _scraped(peer: peers.Peer, stub: RunningStub, minutes: int, folder: Path) -> Hour:
    program.progress(peer.name)
    with peer.started(stub.clouds, folder / f"{peer.name}.log") as server:
        stub.reset()
        server.get(PEER_LIMIT)
        return _times(stub, peer.name, minutes)


def _cached(peer: peers.Peer, stub: RunningStub, minutes: int, folder: Path) -> Hour:
    program.progress(CACHED)
    stub.reset()
    with peer.started(stub.clouds, folder / "cached.log", "--cache") as server:
        server.wait("filled", partial(_quiet, stub, [0, 0.0]), PEER_LIMIT)
        return _times(stub, CACHED, minutes * REFILLS // HOUR)


def _quiet(stub: RunningStub, last: list[float]) -> bool:
    """`last`: how many calls there were at the look before, and since when."""
    calls, now = stub.asked().number, time.monotonic()
    if calls != last[0]:
        last[:] = [calls, now]
    return calls > 0 and now - last[1] > QUIET


def _times(stub: RunningStub, contender: str, times: int) -> Hour:
    asked = stub.asked()
    sent = sum(asked.sent.values())
    return Hour(
        contender=contender, measured=1, calls=asked.number * times, tokens=asked.tokens * times, sent=sent * times
    )


HEADER = ("", "measured", "calls", "tokens", "GB read", "times ours")


def _row(one: Hour, ours: Hour) -> tuple[str, ...]:
    figures = (one.sent / 1e9, one.calls / ours.calls)
    return (one.contender, str(one.measured), str(one.calls), str(one.tokens), *map(number, figures))


def verdict(given: argparse.Namespace, found: Sequence[Hour]) -> Verdict:
    """By calls, beside openstack-exporter where it is installed."""
    ours = found[0]
    theirs = next((one for one in found if one.contender == peers.OPENSTACK_EXPORTER), None)
    ratio = theirs.calls / ours.calls if theirs else None
    return Verdict(
        name=NAME,
        ours=float(ours.calls),
        unit=UNIT,
        peer=peers.OPENSTACK_EXPORTER,
        peer_value=float(theirs.calls) if theirs else None,
        ratio=ratio,
        goal=GOAL,
        reached=ours.tokens <= GOAL_TOKENS and ratio is not None and ratio >= GOAL_TIMES,
        full_size=size_of(given.size).tenants >= GOAL_TENANTS and given.minutes >= HOUR,
        further={f"{one.contender}, tokens": one.tokens for one in found},
    )


if __name__ == "__main__":
    main()
