"""One part of the snapshot: read on a thread of its own, keeps its last good values, says how it is.

A part that does not answer in time goes on in the background and is not begun a second time: a service that hangs
costs one thread, however often the inventory is read. Its late answer counts as soon as it is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock, Thread
from typing import Generic, TypeVar

from orchestrator.adapters.inventory_openstack.courtesy import PoliteDoor, Rests
from orchestrator.adapters.inventory_openstack.door import CountingDoor, Door
from orchestrator.adapters.inventory_openstack.moment import Moment
from orchestrator.errors import MutualisError
from orchestrator.model.snapshot import PartHealth
from orchestrator.ports import Clock

Values = TypeVar("Values")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    thread: Thread
    door: CountingDoor
    since: float  # monotonic seconds


class Part(Generic[Values]):
    """`read` turns a door into values; `empty` stands until its first success."""

    def __init__(self, name: str, read: Callable[[Door], Values], empty: Values, clock: Clock) -> None:
        self.name = name
        self._read = read
        self._clock = clock
        self._lock = Lock()
        self._values = empty
        self._health = PartHealth(part=name, up=False, last_success=0, seconds=0, calls=0, error="not read yet")
        self._success: Moment | None = None
        self._running: _Running | None = None

    def begin(self, door: Door, rests: Rests) -> bool:
        """Start a read and say so; False: an earlier one is still under way. `rests`: what services asked for."""
        with self._lock:
            if self._running is not None:
                return False
            counting = CountingDoor(door)
            name = f"inventory-{self.name}"
            thread = Thread(target=self._run, args=(counting, rests), name=name, daemon=True)
            thread.start()  # it ends under the same lock, so not before the next line
            self._running = _Running(thread=thread, door=counting, since=time.monotonic())
            return True

    def wait(self, seconds: float) -> None:
        """Until the read is over, `seconds` at most."""
        running = self._running
        if running is not None:
            running.thread.join(seconds)

    def state(self) -> tuple[Values, PartHealth]:
        """The last good values and how the last read went; values and health belong together."""
        with self._lock:
            health, running = self._health, self._running
            if self._success is not None:
                health = replace(health, last_success=self._success.time(Moment.now(self._clock)))
            if running is None:
                return self._values, health
            seconds = time.monotonic() - running.since
            late = f"no answer after {seconds:.1f} s"
            door = running.door
            return self._values, replace(
                health, up=False, seconds=seconds, calls=door.calls, statuses=door.statuses, error=late
            )

    def _run(self, door: CountingDoor, rests: Rests) -> None:
        began = time.monotonic()
        values, error = self._attempt(PoliteDoor(door, rests))
        with self._lock:
            self._running = None
            self._health = replace(
                self._health,
                up=not error,
                seconds=time.monotonic() - began,
                calls=door.calls,
                statuses=door.statuses,
                error=error,
            )
            if values is not None:
                self._values = values
                self._success = Moment.now(self._clock)

    def _attempt(self, door: Door) -> tuple[Values | None, str]:
        try:
            return self._read(door), ""
        except MutualisError as error:
            return None, "; ".join(filter(None, (error.message, error.hint)))
        except Exception as error:  # noqa: BLE001 (whatever a service answers, the other parts go on)
            return None, f"the service's answer was not understood: {error!r:.300}"
