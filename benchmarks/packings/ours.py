"""A process that packs cases with the product's heuristic: `python ours.py CASES ANSWERS`.

Runs with the product's Python. An answer is the smallest number of the first hosts on which everything is placed;
null where all of them are not enough.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from orchestrator.capacity.packing.pack import pack
from orchestrator.capacity.packing.piece import Bin, Piece

HERE = frozenset({"here"})


def main() -> None:
    cases = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    begun = time.perf_counter()
    answers = [fewest(case) for case in cases]
    seconds = time.perf_counter() - begun
    Path(sys.argv[2]).write_text(json.dumps({"hosts": answers, "seconds": seconds}), encoding="utf-8")


def fewest(case: dict[str, Any]) -> int | None:
    bins = [Bin(name=str(number), place="here", size=tuple(size)) for number, size in enumerate(case["hosts"])]
    demand = {Piece(size=tuple(one["size"]), places=HERE, apart=one["apart"]): one["count"] for one in case["pieces"]}
    return next((used for used in range(1, len(bins) + 1) if not pack(bins[:used], demand).left), None)


if __name__ == "__main__":
    main()
