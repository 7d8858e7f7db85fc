"""The packing heuristic beside an exact solver (HiGHS) on small random cases.

    python benchmarks/packing.py [--cases 600]

Each case has 4 to 12 hosts of unequal shapes in a row and servers of several flavors, some of which must stand apart.
The question is how many of the first hosts are needed to place everything; the table shows how often ours needs more.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from measurement import program
from measurement.errors import BenchmarkError
from measurement.peer_environment import install, pinned
from measurement.process import run
from measurement.product import product
from measurement.table import table
from measurement.verdict import Verdict
from packings.cases import case

NAME, UNIT, GOAL = "packing", "hosts, of ours over exact", "<= 1.05 on average"
GOAL_RATIO, FULL_SIZE = 1.05, 600
LIMIT = 3000.0
HERE = Path(__file__).parent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", type=int, default=FULL_SIZE, help="[default: %(default)s]")
    program.main(NAME, UNIT, GOAL, partial(measure, options.parse_args().cases))


def measure(number: int, folder: Path) -> Verdict:
    here = product(folder)
    binaries = install("highs", folder, here)
    if binaries is None:
        raise BenchmarkError("without an exact solver there is nothing to compare with")
    cases = folder / "cases.json"
    cases.write_text(json.dumps([case(seed) for seed in range(number)]), encoding="utf-8")
    program.progress("packing")
    ours = _answers((here.python, HERE / "packings" / "ours.py"), cases, folder / "ours.json", here.environment)
    program.progress("solving exactly")
    peer = (binaries / "python", HERE / "peers" / "highs_packing.py")
    return verdict(ours, _answers(peer, cases, folder / "exact.json", here.environment))


def _answers(command: Sequence[str | Path], cases: Path, place: Path, environment: Any) -> dict[str, Any]:
    run((*command, cases, place), limit=LIMIT, environment=environment)
    answers: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return answers


def verdict(ours: dict[str, Any], exact: dict[str, Any]) -> Verdict:
    """Cases that the solver did not decide, or that fit on no number of hosts, are counted and left out."""
    pairs = list(zip(ours["hosts"], exact["hosts"], strict=True))
    undecided = sum(best == "?" for _, best in pairs)
    solved = [(found, best) for found, best in pairs if isinstance(best, int)]
    impossible = sum(best is None and found is not None for found, best in pairs)
    if impossible or any(found is not None and found < best for found, best in solved):
        raise BenchmarkError("ours placed what the solver says cannot be placed: one of them is wrong")
    refused = sum(found is None for found, _ in solved)
    placed = [(found, best) for found, best in solved if found is not None]
    ratio = sum(found for found, _ in placed) / max(sum(best for _, best in placed), 1)
    more = Counter(found - best for found, best in placed)
    rows = [(f"{hosts} more" if hosts else "the same number", str(more[hosts])) for hosts in sorted(more)]
    rows += [("no placement on all hosts, though there is one", str(refused)), ("not decided in time", str(undecided))]
    print(table(("hosts needed by ours", "cases"), rows))
    print(f"\n{len(solved)} cases solved; {ours['seconds']:.1f} s by ours, {exact['seconds']:.1f} s by HiGHS\n")
    return Verdict(
        name=NAME,
        ours=ratio,
        unit=UNIT,
        peer=f"HiGHS {pinned('highs', 'highspy')}",
        peer_value=1.0,
        ratio=None,
        goal=GOAL,
        reached=ratio <= GOAL_RATIO and refused <= len(solved) // 20,
        full_size=len(pairs) >= FULL_SIZE,
        further={
            "cases": len(solved),
            "more": {str(hosts): count for hosts, count in sorted(more.items())},
            "refused": refused,
            "undecided": undecided,
            "seconds": ours["seconds"],
            "peer_seconds": exact["seconds"],
        },
    )


if __name__ == "__main__":
    main()
