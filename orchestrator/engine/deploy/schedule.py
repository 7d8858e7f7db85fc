"""Running many pieces of work at once, each after those it waits for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait


def run_all(
    waits_for: Sequence[frozenset[int]], work: Callable[[int], bool], *, parallel: int, stopped: Callable[[], bool]
) -> frozenset[int]:
    """Run `work(index)` for each index once all it waits for is done; returns what was done.

    `work` says whether it succeeded: what waits for a failure is never begun. After `stopped()` nothing is.
    """
    schedule = _Schedule(waits_for)
    if parallel <= 1:
        while (ready := schedule.take()) is not None and not stopped():
            schedule.finish(ready, succeeded=work(ready))
        return frozenset(schedule.done)
    with ThreadPoolExecutor(max_workers=min(parallel, max(len(waits_for), 1))) as pool:
        running: dict[Future[bool], int] = {}
        while True:
            while not stopped() and (ready := schedule.take()) is not None:
                running[pool.submit(work, ready)] = ready
            if not running:
                return frozenset(schedule.done)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                schedule.finish(running.pop(future), succeeded=future.result())


class _Schedule:
    """Which pieces may begin."""

    def __init__(self, waits_for: Sequence[frozenset[int]]) -> None:
        self._left = [len(needed) for needed in waits_for]
        self._waiting: list[list[int]] = [[] for _ in waits_for]
        for index, needed in enumerate(waits_for):
            for other in needed:
                self._waiting[other].append(index)
        self._ready = [index for index, count in enumerate(self._left) if count == 0]
        self._ready.reverse()
        self.done: set[int] = set()

    def take(self) -> int | None:
        return self._ready.pop() if self._ready else None

    def finish(self, index: int, *, succeeded: bool) -> None:
        if not succeeded:
            return
        self.done.add(index)
        for other in self._waiting[index]:
            self._left[other] -= 1
            if self._left[other] == 0:
                self._ready.append(other)
