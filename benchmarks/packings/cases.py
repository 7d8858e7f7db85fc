"""Random cases, as data: hosts of unequal size in a row, and servers that fill some of them nearly."""

from __future__ import annotations

import random
from typing import Any

HOSTS = ((128, 120, 900), (256, 248, 1900), (192, 500, 900), (96, 60, 400))
"""Vcpus after a ratio of 4, GiB of memory, GiB of disk: shapes that do not go well together."""
FLAVORS = (
    (1, 2, 10), (2, 4, 20), (4, 8, 40), (8, 16, 80), (2, 8, 0), (4, 32, 40),
    (8, 64, 100), (16, 64, 200), (16, 32, 0), (32, 48, 100), (12, 56, 0),
)  # fmt: skip
APART = 0.15
"""Share of the kinds whose servers must stand on hosts of their own."""

Case = dict[str, Any]


def case(seed: int) -> Case:
    """`hosts`: sizes in the order in which they are used; `pieces`: size, count, apart ("" or a word)."""
    drawn = random.Random(seed)  # noqa: S311 no secret: the same seed must give the same case
    shapes = drawn.sample(HOSTS, drawn.randint(1, 3))
    hosts = [drawn.choice(shapes) for _ in range(drawn.randint(4, 12))]
    flavors = drawn.sample(FLAVORS, drawn.randint(3, 7))
    room = [drawn.uniform(0.4, 0.9) * sum(host[d] for host in hosts) for d in range(3)]
    counts: dict[tuple[tuple[int, int, int], str], int] = {}
    while True:
        size = drawn.choice(flavors)
        word, count = ("", 1) if drawn.random() > APART else (f"g{len(counts)}", drawn.randint(2, 3))
        if any(size[d] * count > room[d] for d in range(3)):
            break
        room = [left - size[d] * count for d, left in enumerate(room)]
        counts[size, word] = counts.get((size, word), 0) + count
    pieces = [{"size": size, "count": count, "apart": word} for (size, word), count in counts.items()]
    return {"seed": seed, "hosts": hosts, "pieces": pieces}
