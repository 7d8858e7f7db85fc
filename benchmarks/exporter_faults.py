"""Break one service of a cloud: how soon an exporter says so, and whether what it says of the others stays right.

    python benchmarks/exporter_faults.py [--size S] [--services placement compute block-storage network]
        [--faults unavailable rubbish hang] [--openstack-exporter FILE] [--os-capacity FILE]

The cloud is the stub; in the moment of the fault all its amounts become others, so that an old figure is a wrong one.
A collection of ours begins in that moment; in use it begins within a cadence. Peers collect when they are scraped,
with Prometheus' 10 s of patience.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from exporting import peers
from exporting.breaking import SERVICES, Breaker, Outcome
from exporting.ours import NAME as OURS
from exporting.ours import exporter
from measurement import program
from measurement.product import Product, product
from measurement.table import number, table
from measurement.verdict import Verdict
from region.spacious import write_spacious
from stub_cloud.estate import Estate
from stub_cloud.fault import Fault
from stub_cloud.running import running_stub
from stub_cloud.serve import size_of
from stub_cloud.size import SIZES

NAME, UNIT = "exporter_faults", "% of figures right that are of other services than the broken one"
GOAL = "100 % right, and every fault told within one cadence (60 s), whichever of four services breaks in three ways"
CADENCE = 60.0
FAULTS = (Fault.UNAVAILABLE, Fault.RUBBISH, Fault.HANG)
"""The one that leaves a call behind comes last."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", default="S", help="[default: %(default)s]")
    options.add_argument("--services", nargs="+", default=list(SERVICES), help="[default: all four]")
    options.add_argument("--faults", nargs="+", type=Fault, default=list(FAULTS), help="[default: these three]")
    peers.add_options(options)
    program.main(NAME, UNIT, GOAL, partial(measure, options.parse_args()))


def measure(given: argparse.Namespace, folder: Path) -> Verdict:
    here, others, size = product(folder), peers.found(given), size_of(given.size)
    with running_stub(given.size, folder / "stub") as stub:
        breaker = Breaker(stub=stub, size=size)
        found = _ours(here, breaker, given, folder)
        for peer in others:
            found += _peer(peer, breaker, given, folder)
    print()
    print(table(HEADER, [_row(one) for one in found]), "\n")
    return verdict(given, found)


def _ours(here: Product, breaker: Breaker, given: argparse.Namespace, folder: Path) -> list[Outcome]:
    """One exporter a service: what an earlier fault of it leaves behind counts against it."""
    region, found = folder / "region", []
    write_spacious(region, Estate(breaker.size))
    for service in given.services:
        breaker.stub.mend()
        with exporter(here, region, breaker.stub.clouds, folder / "ours.log") as ours:
            ours.ready()
            for fault in given.faults:
                program.progress(f"{OURS}: {service}, {fault}")
                found.append(breaker.ours(OURS, ours, service, fault))
    return found


def _peer(peer: peers.Peer, breaker: Breaker, given: argparse.Namespace, folder: Path) -> list[Outcome]:
    """The same."""
    found = []
    for service in given.services:
        breaker.stub.mend()
        with peer.started(breaker.stub.clouds, folder / f"{peer.name}.log") as server:
            for fault in given.faults:
                program.progress(f"{peer.name}: {service}, {fault}")
                found.append(breaker.peer(peer.name, server, service, fault))
    return found


HEADER = ("", "fault", "told after s", "of the others right", "of", "untold and wrong")


def _row(one: Outcome) -> tuple[str, ...]:
    told = "never" if one.told is None else number(one.told)
    return (one.contender, one.fault, told, str(one.right), str(one.others), str(one.silent))


def verdict(given: argparse.Namespace, found: Sequence[Outcome]) -> Verdict:
    """By the worst fault."""
    mine = [one for one in found if one.contender == OURS]
    theirs = [one for one in found if one.contender == peers.OPENSTACK_EXPORTER]
    ours = _least(mine)
    late = [one.fault for one in mine if one.told is None or one.told > CADENCE]
    return Verdict(
        name=NAME,
        ours=ours,
        unit=UNIT,
        peer=peers.OPENSTACK_EXPORTER,
        peer_value=_least(theirs) if theirs else None,
        ratio=None,
        goal=GOAL,
        reached=ours == 100.0 and not late,  # noqa: PLR2004 a hundred per cent
        full_size=len(mine) >= len(SERVICES) * len(FAULTS) and size_of(given.size).servers >= SIZES["S"].servers,
        further={"slowest to tell, s": max((one.told or -1.0) for one in mine), "late": late},
    )


def _least(found: Sequence[Outcome]) -> float:
    return min(100 * one.right / one.others for one in found)


if __name__ == "__main__":
    main()
