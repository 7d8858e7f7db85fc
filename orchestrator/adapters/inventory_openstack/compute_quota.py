"""The compute quota part: Keystone's unified limits as long as Nova confirms them, else Nova's own quota sets.

Limits may be registered in Keystone that Nova does not use (yet): each read holds one project against Nova's word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.moment import Moment
from orchestrator.adapters.inventory_openstack.quota_sets import QuotaSets
from orchestrator.adapters.inventory_openstack.told import Limits, Told, told_now
from orchestrator.adapters.inventory_openstack.unified_limits import UnifiedLimits
from orchestrator.errors import TemporaryFailure
from orchestrator.model.snapshot import ProjectRef
from orchestrator.ports import Clock

CHECKED: Final = 1  # projects a read whose unified limits are held against Nova's answer


class ComputeQuotaReader:
    """`limits`: Keystone's, as they were last read, and what was wrong if that was not now."""

    def __init__(self, clock: Clock, limits: Callable[[], tuple[UnifiedLimits, str]], *, at_once: int) -> None:
        self._clock = clock
        self._limits = limits
        self._sets = QuotaSets("compute", clock, at_once=at_once)
        self._unified = False

    def read(self, door: Door, projects: Sequence[ProjectRef]) -> dict[str, Told]:
        """Project id -> limits.

        As long as Keystone's limits are not in use, a Keystone that does not answer well does not keep Nova from
        answering.
        """
        limits, trouble = self._limits()
        if trouble and self._unified:
            raise TemporaryFailure(f"Keystone's limits are Nova's quotas here, and cannot be read: {trouble}")
        unified = {} if trouble else limits.of(projects)
        self._unified = bool(unified) and self._confirmed(door, projects, unified)
        return told_now(unified, Moment.now(self._clock)) if self._unified else self._sets.read(door, projects)

    def _confirmed(self, door: Door, projects: Sequence[ProjectRef], unified: Mapping[str, Limits]) -> bool:
        said = self._sets.ask(door, projects, CHECKED)
        return all(_shared(unified[name], limits) == _shared(limits, unified[name]) for name, limits in said.items())


def _shared(limits: Limits, other: Limits) -> Limits:
    return {name: limit for name, limit in limits.items() if name in other}
