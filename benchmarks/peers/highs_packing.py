"""A process that packs cases exactly: `python highs_packing.py CASES ANSWERS`. Runs in the peer's environment.

A mixed-integer programme a number of hosts: how many of each kind stand on each host. An answer is the smallest number
of the first hosts for which it has a solution; null where none has; "?" where the solver ran out of time.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import highspy

SECONDS = 20.0


def main() -> None:
    cases = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    begun = time.perf_counter()
    answers = [fewest(case) for case in cases]
    seconds = time.perf_counter() - begun
    Path(sys.argv[2]).write_text(json.dumps({"hosts": answers, "seconds": seconds}), encoding="utf-8")


def fewest(case: dict[str, Any]) -> int | str | None:
    hosts, pieces = case["hosts"], case["pieces"]
    for used in range(1, len(hosts) + 1):
        if not enough(hosts[:used], pieces):
            continue
        found = solvable(hosts[:used], pieces)
        if found is None:
            return "?"
        if found:
            return used
    return None


def enough(hosts: list[list[int]], pieces: list[dict[str, Any]]) -> bool:
    """Whether the sum fits; what does not is no question for a solver."""
    wanted = [sum(one["size"][d] * one["count"] for one in pieces) for d in range(3)]
    return all(wanted[d] <= sum(host[d] for host in hosts) for d in range(3))


def solvable(hosts: list[list[int]], pieces: list[dict[str, Any]]) -> bool | None:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 its form of options
    solver.setOptionValue("time_limit", SECONDS)
    solver.setOptionValue("threads", 1)
    numbers = [[solver.addIntegral(lb=0, ub=most(host, one)) for host in hosts] for one in pieces]
    for one, row in zip(pieces, numbers, strict=True):
        solver.addConstr(sum(row) == one["count"])
    for column, host in enumerate(hosts):
        for d in range(3):
            solver.addConstr(sum(o["size"][d] * row[column] for o, row in zip(pieces, numbers, strict=True)) <= host[d])
    solver.run()
    known = {highspy.HighsModelStatus.kOptimal: True, highspy.HighsModelStatus.kInfeasible: False}
    return known.get(solver.getModelStatus())


def most(host: list[int], one: dict[str, Any]) -> int:
    fitting = [host[d] // one["size"][d] for d in range(3) if one["size"][d]]
    return min(one["count"], *fitting, *([1] if one["apart"] else []))


if __name__ == "__main__":
    main()
