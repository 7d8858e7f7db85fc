"""What it costs to find that nothing is to be done: processor time and memory of the embedded engine.

    python benchmarks/engine_noop.py [--stacks 1000] [--resources 2000] [--rounds 3] [--sample 2]

An up of one unchanged stack of twelve resources; a preview of a thousand such stacks by one fleet call; all their
states in memory at once; a preview of one large stack. States are made by the product's engine against a provider that
pretends, so no cloud is needed. Beside Pulumi's own engine, where it is installed: no-ops of a sample of tenants by
both engines on one embedded cloud, whole processes with all that they start.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from measurement import program
from measurement.official_engine import MISSING, is_installed
from measurement.process import Finished, run
from measurement.product import Product, product
from measurement.rounds import Spread, interleave
from measurement.table import number, table
from measurement.verdict import Verdict
from tenancies.contenders import Place, by_engine
from tenancies.on_a_cloud import on_a_cloud

NAME, UNIT = "engine_noop", "CPU s"
GOAL = "< 0.1 CPU s an up of 12 resources; < 150 MB for 1000 stacks; < 10 s a preview of 2000 resources"
GOAL_UP, GOAL_BYTES, GOAL_LARGE = 0.1, 150_000_000, 10.0
FULL_STACKS, FULL_RESOURCES = 1000, 2000
UPS = 20
MEGABYTE, LIMIT = 1_000_000, 3600.0
SCRIPT = Path(__file__).with_name("fleets") / "unchanged.py"
UP, PREVIEW, LOAD, LARGE = "up of one stack", "preview_many", "all states loaded", "preview of the large stack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    stacks: int
    resources: int
    rounds: int
    sample: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--stacks", type=int, default=FULL_STACKS, help="[default: %(default)s]")
    options.add_argument(
        "--resources", type=int, default=FULL_RESOURCES, help="of the large stack [default: %(default)s]"
    )
    options.add_argument("--rounds", type=int, default=3, help="runs of each part [default: %(default)s]")
    options.add_argument("--sample", type=int, default=2, help="tenants beside the peer [default: %(default)s]")
    given = options.parse_args()
    size = Size(stacks=given.stacks, resources=given.resources, rounds=given.rounds, sample=given.sample)
    program.main(NAME, UNIT, GOAL, partial(measure, size))


def measure(size: Size, folder: Path) -> Verdict:
    """`folder`: for everything that is written."""
    here = product(folder)
    program.progress(f"making {size.stacks} stacks and a large one")
    act = partial(_act, here, folder / "made-up")
    act("make", size.stacks)
    act("make-large", size.resources)
    parts = {
        UP: partial(act, "up", UPS),
        PREVIEW: partial(act, "preview", size.stacks),
        LOAD: partial(act, "load", size.stacks),
        LARGE: partial(act, "preview-large", size.resources),
    }
    found = interleave(parts, size.rounds, program.progress)
    print(f"{size.stacks} stacks x 12 resources, one of {size.resources}, nothing changed, {size.rounds} rounds\n")
    print(table(("", "CPU s", "CPU s each", "wall s", "peak MB"), rows(size, found)))
    print("\nCPU s, wall s: of the work; peak MB: of the whole process, which holds the SDK and its classes")
    peer = _beside_the_peer(size, here, folder)
    return verdict(size, found, peer)


def _act(here: Product, folder: Path, action: str, count: int) -> Finished:
    command = (here.python, SCRIPT, action, folder, str(count))
    return run(command, limit=LIMIT, environment=here.environment)


def told(done: Finished) -> dict[str, Any]:
    """What a process says of its work."""
    found: dict[str, Any] = json.loads(done.output.splitlines()[-1])
    return found


def medians(found: dict[str, list[Finished]], part: str, key: str) -> float | None:
    """Of what the processes say; None where they say nothing of it."""
    values = [float(told(one)[key]) for one in found[part] if key in told(one)]
    return Spread.of(values).median if values else None


def rows(size: Size, found: dict[str, list[Finished]]) -> list[tuple[str, ...]]:
    """A line a part."""
    counts = {UP: 1, PREVIEW: size.stacks, LOAD: size.stacks, LARGE: size.resources}
    lines = []
    for part, runs in found.items():
        cpu = medians(found, part, "cpu_seconds")
        each = None if cpu is None else cpu / counts[part]
        peak = max(one.peak_bytes for one in runs) / MEGABYTE
        figures = (cpu, each, medians(found, part, "seconds"), peak)
        lines.append((part, *(number(figure) for figure in figures)))
    return lines


def _beside_the_peer(size: Size, here: Product, folder: Path) -> dict[str, float]:
    """CPU seconds of a no-op of one tenant by each engine, processes and all; {} where the peer is not installed."""
    if not is_installed() or not size.sample:
        print(f"official engine: {MISSING if size.sample else 'needs --sample'}\n")
        return {}
    with on_a_cloud(here, folder, tenants=size.sample, at_once=1, limit=LIMIT) as place:
        found = {name: _no_op(name, place) for name in ("embedded", "official")}
    each = {name: done.cpu_seconds / size.sample for name, done in found.items()}
    lines = [(f"{name} engine", number(each[name]), number(done.seconds / size.sample)) for name, done in found.items()]
    print(f"\nNo-ops of {size.sample} tenants on a cloud, one after the other; whole processes\n")
    print(table(("", "CPU s each", "wall s each"), lines), "\n")
    return each


def _no_op(engine: str, place: Place) -> Finished:
    """The second of two builds."""
    contender = by_engine(engine, place)
    contender.create()
    done = contender.create()
    contender.delete()
    return done


def verdict(size: Size, found: dict[str, list[Finished]], peer: dict[str, float]) -> Verdict:
    """Judged by all three goals."""
    cpu, large = medians(found, UP, "cpu_seconds"), medians(found, LARGE, "seconds")
    held = max(one.peak_bytes for one in found[LOAD])
    previews = medians(found, PREVIEW, "cpu_seconds")
    return Verdict(
        name=NAME,
        ours=cpu,
        unit=UNIT,
        peer="official engine: a no-op of one tenant",
        peer_value=peer.get("official"),
        ratio=peer["official"] / peer["embedded"] if peer else None,
        goal=GOAL,
        reached=(cpu or 0.0) < GOAL_UP and held < GOAL_BYTES and (large or 0.0) < GOAL_LARGE,
        full_size=size.stacks >= FULL_STACKS and size.resources >= FULL_RESOURCES,
        further={
            "stacks": size.stacks,
            "resources": size.resources,
            "rounds": size.rounds,
            "preview_cpu_seconds_each": None if previews is None else previews / size.stacks,
            "preview_peak_bytes": max(one.peak_bytes for one in found[PREVIEW]),
            "loaded_bytes": held,
            "large_seconds": large,
            "large_cpu_seconds": medians(found, LARGE, "cpu_seconds"),
        },
    )


if __name__ == "__main__":
    main()
