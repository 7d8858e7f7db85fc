"""Many small calls side by side, a bounded number at once, on threads that never hold up the end of the process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, Generic, TypeVar

BOUND: Final = 6  # of a door's 8: small calls that hang leave a service's lists their turn

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """The results in the order of the items. After an error nothing new is begun and the first error is raised."""
    fan = _Fan(work, tuple(items))
    fan.run()
    return [fan.results[place] for place in range(len(fan.items))]


class _Fan(Generic[Item, Result]):
    def __init__(self, work: Callable[[Item], Result], items: tuple[Item, ...]) -> None:
        self.items = items
        self.results: dict[int, Result] = {}
        self._work = work
        self._errors: list[BaseException] = []
        self._waiting: SimpleQueue[int] = SimpleQueue()
        for place in range(len(items)):
            self._waiting.put(place)

    def run(self) -> None:
        threads = [Thread(target=self._serve, name="inventory-call", daemon=True) for _ in self.items[:BOUND]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._errors:
            raise self._errors[0]

    def _serve(self) -> None:
        while not self._errors:
            try:
                place = self._waiting.get_nowait()
            except Empty:
                return
            try:
                self.results[place] = self._work(self.items[place])
            except BaseException as error:  # noqa: BLE001 (raised again by run, in the thread that asked)
                self._errors.append(error)
