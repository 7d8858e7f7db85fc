"""The judgement of a running region, made again only when something that it is made of has changed.

Packing every guaranteed share takes most of a collection's arithmetic, and what it asks (specs, hosts, what they and
the back ends may hand out) changes rarely; what is taken changes all the time, and is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestrator.capacity.ground import Ground
from orchestrator.capacity.hosts import HostSupply
from orchestrator.capacity.judgement import judgement
from orchestrator.capacity.promises import unplaced
from orchestrator.model.capacity import CapacityLine, RegionCapacity
from orchestrator.model.fit import Judgement
from orchestrator.model.headroom import Lost
from orchestrator.model.specs import Specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """`unplaced`: site, loss, tenants without a host (capacity/promises.py)."""

    judgement: Judgement
    unplaced: tuple[tuple[str, Lost, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """All that the judgement is made of."""

    specs: Specs
    hosts: tuple[HostSupply, ...]
    supplies: tuple[CapacityLine, ...]


class KeptJudgement:
    """Of one region, for one thread."""

    def __init__(self) -> None:
        self._asked: _Asked | None = None
        self._judged: Judged | None = None

    def of(self, given: Ground, capacity: RegionCapacity) -> Judged:
        """`capacity`: the ground's. Raises SpecError for a quota size that cannot be resolved."""
        asked = _Asked(
            specs=given.specs,
            hosts=tuple(replace(host, physical={}, used={}) for host in given.hosts),
            supplies=tuple(map(_supply, capacity.sites)),
        )
        if self._judged is None or asked != self._asked:
            self._judged = Judged(judgement=judgement(given, capacity), unplaced=tuple(unplaced(given)))
            self._asked = asked
        return self._judged


def _supply(line: CapacityLine) -> CapacityLine:
    """Without what comes and goes."""
    return replace(line, physical=None, quota=None, allocated=None, used=None)
