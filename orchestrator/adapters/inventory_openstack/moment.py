"""When something happened, in a way that a wall clock which is set does not falsify.

The age of a moment is told by the monotonic clock. Its time is the wall clock's of then, until both clocks disagree
about its age: then the wall clock was set, and now less the age is the better word.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from orchestrator.ports import Clock

SET: Final = 2.0  # seconds between both clocks from which on the wall clock was set, not slewed

Monotonic = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`wall`: seconds since the epoch; `steady`: of the monotonic clock."""

    wall: float
    steady: float

    @classmethod
    def now(cls, clock: Clock, monotonic: Monotonic = time.monotonic) -> Moment:
        return cls(wall=clock.now().timestamp(), steady=monotonic())

    def time(self, now: Moment) -> float:
        """Seconds since the epoch, by the wall clock as it is set now."""
        then = now.wall - (now.steady - self.steady)
        return then if abs(then - self.wall) > SET else self.wall
