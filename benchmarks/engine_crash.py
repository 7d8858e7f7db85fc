"""kill -9 at every step of an apply of 12 resources: what the next run makes of it, beside Pulumi's own engine.

    python benchmarks/engine_crash.py [--every 1]

A step is a call that changes the cloud; the whole process tree dies before the service has carried it out, and after,
before the answer has arrived. Then the same apply runs again, then everything is deleted; openstacksdk counts what is
there twice after the one and left over after the other. Pulumi's own engine joins where it is installed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crashes.gateway import Gateway, open_gateway
from crashes.victim import Victim
from measurement import program
from measurement.errors import BenchmarkError
from measurement.official_engine import MISSING, is_installed
from measurement.process import run
from measurement.product import CHECKOUT, Product, product
from measurement.running_cloud import running_cloud
from measurement.table import table
from measurement.verdict import Verdict
from tenancies.contender import count, expected

NAME, UNIT = "engine_crash", "objects twice or left over"
GOAL = "after a kill at every step the next run converges, with no duplicate and no orphan"
OURS, OFFICIAL = "embedded engine", "official engine"
ENGINES = {OURS: "embedded", OFFICIAL: "official"}
REGION, CLOUD = CHECKOUT / "inventory" / "demo", "mutualis-lab"
SWEEP_LIMIT = 120.0

Census = Callable[[], dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """One kill. `by_hand`: whether the next run needed a hand; `twice`, `left`: objects after it, and after all."""

    converged: bool
    by_hand: int
    twice: int
    left: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1, help="kill at every n-th step [default: %(default)s]")
    program.main(NAME, UNIT, GOAL, partial(measure, max(options.parse_args().every, 1)))


def measure(every: int, folder: Path) -> Verdict:
    """`folder`: for everything that is written, the cloud included."""
    here = product(folder)
    program.progress("starting a cloud")
    found: dict[str, list[Aftermath]] = {}
    with running_cloud(REGION, folder, here) as clouds, open_gateway(clouds, folder / "clouds.yaml") as gateway:
        for name in (OURS, OFFICIAL) if is_installed() else (OURS,):
            found[name] = _aftermaths(name, every, gateway, here, folder, clouds)
    print(f"one tenant x 12 resources, killed at every {'' if every == 1 else f'{every}. '}call that writes\n")
    print(table(("", "kills", "converged", "by hand", "twice", "left over"), [_row(*one) for one in found.items()]))
    print("\nby hand: a dead process's lock had to be taken away; twice, left over: objects, over all kills")
    if OFFICIAL not in found:
        print(f"official engine: {MISSING}")
    print()
    return verdict(every, found)


def _aftermaths(name: str, every: int, gateway: Gateway, here: Product, folder: Path, clouds: Path) -> list[Aftermath]:
    census = partial(count, here, clouds, CLOUD)
    if any(census().values()):
        raise BenchmarkError("the cloud is not empty at the start")
    found: list[Aftermath] = []
    step = 1
    while True:
        for is_carried_out in (False, True):
            victim = Victim(
                product=here,
                engine=ENGINES[name],
                folder=folder / f"{ENGINES[name]}-{step}-{is_carried_out:d}",
                clouds=folder / "clouds.yaml",
                cloud=CLOUD,
            )
            if not victim.killed(gateway, step, is_carried_out=is_carried_out):
                _sweep(here, clouds)
                return found
            found.append(_aftermath(victim, census))
            program.progress(f"{name}, step {step}: {found[-1]}")
            _sweep(here, clouds)
        step += every


def _aftermath(victim: Victim, census: Census) -> Aftermath:
    converged, by_hand = victim.next_run()
    here, wanted = census(), expected(1)
    twice = sum(max(here[kind] - wanted[kind], 0) for kind in wanted)
    try:
        victim.act("delete")
    except BenchmarkError as err:
        program.progress(f"cannot delete: {err}")
        return Aftermath(converged=converged, by_hand=by_hand, twice=twice, left=sum(census().values()))
    is_whole = converged and all(here[kind] >= wanted[kind] for kind in wanted)
    return Aftermath(converged=is_whole, by_hand=by_hand, twice=twice, left=sum(census().values()))


def _sweep(here: Product, clouds: Path) -> None:
    script = Path(__file__).parent / "crashes" / "sweep.py"
    run((here.python, script, clouds, CLOUD), limit=SWEEP_LIMIT, environment=here.environment)


def _row(name: str, found: list[Aftermath]) -> tuple[str, ...]:
    sums = (sum(getattr(one, part) for one in found) for part in ("converged", "by_hand", "twice", "left"))
    return (name, str(len(found)), *map(str, sums))


def _bad(found: list[Aftermath]) -> float:
    return float(sum(one.twice + one.left for one in found))


def verdict(every: int, found: dict[str, list[Aftermath]]) -> Verdict:
    """`ours` and the peer's: objects twice or left over, over all kills."""
    ours, official = found[OURS], found.get(OFFICIAL)
    return Verdict(
        name=NAME,
        ours=_bad(ours),
        unit=UNIT,
        peer=OFFICIAL,
        peer_value=None if official is None else _bad(official),
        ratio=None,
        goal=GOAL,
        reached=bool(ours) and _bad(ours) == 0 and all(one.converged and not one.by_hand for one in ours),
        full_size=every == 1,
        further={
            f"{ENGINES[name]}_{part}": value
            for name, some in found.items()
            for part, value in (
                ("kills", len(some)),
                ("converged", sum(one.converged for one in some)),
                ("by_hand", sum(one.by_hand for one in some)),
            )
        },
    )


if __name__ == "__main__":
    main()
