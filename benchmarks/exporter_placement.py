"""Read what all providers of a real Placement have handed out.

    python benchmarks/exporter_placement.py [--providers 500] [--allocations 2] [--rounds 3] [--openstack-exporter FILE]

Starts the embedded cloud and gives its Placement providers through the API; one of them is full. Beside our reader: the
calls of openstack-exporter one after the other without it; openstack-exporter itself, its other services switched off;
and the floor, one call of allocation_candidates.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from exporting import peers
from exporting.figures import differing, figures, series
from measurement import program
from measurement.errors import BenchmarkError
from measurement.process import run
from measurement.product import CHECKOUT, Product, product
from measurement.running_cloud import running_cloud
from measurement.table import number, table
from measurement.verdict import Verdict

NAME, UNIT = "exporter_placement", "s, warm"
GOAL = "< 0.5 s for 500 providers"
GOAL_SECONDS, GOAL_PROVIDERS = 0.5, 500
COLD, WARM = "ours, first read", "ours, later reads"
SERIAL, SINGLE = "3 calls a provider, serial", "floor: one call, one class"
DEMO = CHECKOUT / "inventory" / "demo"
FILL_LIMIT, READ_LIMIT = 900.0, 600.0
OTHERS = ("network", "compute", "image", "volume", "identity", "object-store", "load-balancer", "container-infra",
          "dns", "baremetal", "gnocchi", "database", "orchestration", "sharev2")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """`seconds`: of each turn; `calls`: of the last one."""

    seconds: list[float]
    calls: int | None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--providers", type=int, default=GOAL_PROVIDERS, help="[default: %(default)s]")
    options.add_argument("--allocations", type=int, default=2, help="of each provider [default: %(default)s]")
    options.add_argument("--rounds", type=int, default=3, help="[default: %(default)s]")
    peers.add_options(options)
    program.main(NAME, UNIT, GOAL, partial(measure, options.parse_args()))


def measure(given: argparse.Namespace, folder: Path) -> Verdict:
    here = product(folder)
    others = [peer for peer in peers.found(given) if peer.name == peers.OPENSTACK_EXPORTER]
    with running_cloud(DEMO, folder, here) as clouds:
        program.progress(f"{given.providers} providers are made")
        right = _said(here, "fill_placement.py", clouds, str(given.providers), str(given.allocations))
        found = _read(given, here, clouds, right)
        for peer in others:
            program.progress(peer.name)
            found[peer.name] = _peer(peer, clouds, right, given.rounds, folder)
    print(
        f"\n{given.providers} providers, {given.allocations} allocations each, one of them full; "
        f"{given.rounds} rounds\n"
    )
    print(table(("", "min s", "median s", "max s", "calls"), [_row(*pair) for pair in found.items()]), "\n")
    return verdict(given, found)


def _read(given: argparse.Namespace, here: Product, clouds: Path, right: Mapping[str, Any]) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for way, name in (("ours", WARM), ("serial", SERIAL), ("single", SINGLE)):
        program.progress(name)
        said = _said(here, "read_placement.py", clouds, way, str(given.rounds + (way == "ours")))
        if way != "single":
            _check(name, said["used"], right)
        seconds = [turn["seconds"] for turn in said["turns"]]
        calls = [turn["calls"] for turn in said["turns"]]
        if way == "ours":
            found[COLD] = Read(seconds=seconds[:1], calls=calls[0])
            seconds = seconds[1:]
        found[name] = Read(seconds=seconds, calls=calls[-1])
    return found


def _said(here: Product, script: str, *arguments: str | Path) -> dict[str, Any]:
    path = Path(__file__).with_name("exporting") / script
    done = run((here.python, path, *arguments), limit=FILL_LIMIT, environment=here.environment)
    said: dict[str, Any] = json.loads(done.output.splitlines()[-1])
    return said


def _check(name: str, used: Mapping[str, Any], right: Mapping[str, Any]) -> None:
    if wrong := [one for one, amounts in right.items() if used.get(one) != amounts]:
        raise BenchmarkError(f"{name}: {len(wrong)} of {len(right)} providers are wrong: {wrong[0]}")


def _peer(peer: peers.Peer, clouds: Path, right: Mapping[str, Any], rounds: int, folder: Path) -> Read:
    """It collects when it is scraped."""
    options = [f"--disable-service.{name}" for name in OTHERS]
    seconds: list[float] = []
    with peer.started(clouds, folder / f"{peer.name}.log", *options) as server:
        for _ in range(rounds):
            begun = time.perf_counter()
            page = server.get(READ_LIMIT)
            seconds.append(time.perf_counter() - begun)
            wanted = {
                series("openstack_placement_resource_usage", hostname=name, resourcetype=one): float(amount)
                for name, amounts in right.items()
                for one, amount in amounts.items()
            }
            if wrong := differing(figures(page.decode()), wanted):
                raise BenchmarkError(f"{peer.name}: {len(wrong)} of {len(wanted)} figures are wrong: {wrong[0]}")
    return Read(seconds=seconds, calls=None)


def _row(name: str, found: Read) -> tuple[str, ...]:
    figures_ = (min(found.seconds), median(found.seconds), max(found.seconds))
    return (name, *map(number, figures_), "-" if found.calls is None else str(found.calls))


def verdict(given: argparse.Namespace, found: Mapping[str, Read]) -> Verdict:
    """Of later reads; beside openstack-exporter where it is installed, else beside its calls."""
    name = peers.OPENSTACK_EXPORTER if peers.OPENSTACK_EXPORTER in found else SERIAL
    ours, peer = median(found[WARM].seconds), median(found[name].seconds)
    return Verdict(
        name=NAME,
        ours=ours,
        unit=UNIT,
        peer=name,
        peer_value=peer,
        ratio=peer / ours,
        goal=GOAL,
        reached=ours < GOAL_SECONDS,
        full_size=given.providers >= GOAL_PROVIDERS,
        further={f"{one}, s": round(median(read.seconds), 3) for one, read in found.items()},
    )


if __name__ == "__main__":
    main()
