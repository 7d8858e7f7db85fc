"""The compute quota part: Keystone's unified limits as long as Nova confirms them, else Nova's own quota sets.

Limits may be registered in Keystone that Nova does not use (yet): each read holds one project against Nova's word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.moment import Moment
from orchestrator.adapters.inventory_openstack.quota_sets import AT_ONCE, QuotaSets
from orchestrator.adapters.inventory_openstack.told import Limits, Told, told_now
from orchestrator.adapters.inventory_openstack.unified_limits import unified_limits
from orchestrator.model.snapshot import ProjectRef
from orchestrator.ports import Clock

CHECKED: Final = 1  # projects a read whose unified limits are held against Nova's answer


class ComputeQuotaReader:
    def __init__(self, clock: Clock, *, at_once: int = AT_ONCE) -> None:
        self._clock = clock
        self._sets = QuotaSets("compute", clock, at_once=at_once)
        self._unified = False

    def read(self, door: Door, projects: Sequence[ProjectRef]) -> dict[str, Told]:
        """Project id -> limits."""
        unified = self._of_keystone(door, projects)
        self._unified = bool(unified) and self._confirmed(door, projects, unified)
        return told_now(unified, Moment.now(self._clock)) if self._unified else self._sets.read(door, projects)

    def _of_keystone(self, door: Door, projects: Sequence[ProjectRef]) -> dict[str, Limits]:
        """As long as they are not in use, a Keystone that does not answer well does not keep Nova from answering."""
        try:
            return unified_limits(door, projects)
        except Exception:
            if self._unified:
                raise
            return {}

    def _confirmed(self, door: Door, projects: Sequence[ProjectRef], unified: Mapping[str, Limits]) -> bool:
        said = self._sets.ask(door, projects, CHECKED)
        return all(_shared(unified[name], limits) == _shared(limits, unified[name]) for name, limits in said.items())


def _shared(limits: Limits, other: Limits) -> Limits:
    return {name: limit for name, limit in limits.items() if name in other}
