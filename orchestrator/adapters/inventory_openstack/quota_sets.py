"""Quotas of Nova or Cinder: neither has a list for all projects, so projects are asked in turns.

New projects come first, a bounded number a read; the others again in an hour. What was read is kept meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import Any, Final

from orchestrator.adapters.inventory_openstack.door import Door
from orchestrator.adapters.inventory_openstack.fan_out import each
from orchestrator.adapters.inventory_openstack.refusal import Refusal
from orchestrator.errors import MutualisError, TemporaryFailure
from orchestrator.model.quota import COMPUTE, VOLUME
from orchestrator.model.quota_size import tier_name
from orchestrator.model.snapshot import ProjectRef

Limits = Mapping[str, int]
"""Quota name (model/quota.py) -> limit."""

AT_ONCE: Final = 48  # projects asked in one read at most
TURNS: Final = 60  # reads after which every project was asked again: an hour at one read a minute
SERVICES: Final = {"compute": COMPUTE, "block-storage": VOLUME}
TIER: Final = "gigabytes_"
WHOLE_SERVICE: Final = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
"""Answers that say nothing of the project that was asked for: no use in asking for the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """`read`: number of the read that asked. `limits`: None when the service refused this one project."""

    read: int
    limits: Limits | None


class QuotaSets:
    """The quota sets of one service. One read at a time (each part has one reader at most)."""

    def __init__(self, service: str, *, at_once: int = AT_ONCE) -> None:
        self._service = service
        self._at_once = at_once
        self._kept: dict[str, _Kept] = {}
        self._read = 0

    def read(self, door: Door, projects: Sequence[ProjectRef]) -> dict[str, Limits]:
        """Project id -> limits, of all projects read so far that are still there.

        One that the service refuses (it vanished meanwhile) is left out; when it refuses all, that is raised.
        """
        self.ask(door, projects, self._at_once)
        return {name: kept.limits for name, kept in self._kept.items() if kept.limits is not None}

    def ask(self, door: Door, projects: Sequence[ProjectRef], at_once: int) -> dict[str, Limits]:
        """The same of those alone that were asked now."""
        self._read += 1
        self._kept = {one.id: self._kept[one.id] for one in projects if one.id in self._kept}
        due = self._due(projects, at_once)
        refusals = [refusal for refusal in each(lambda name: self._ask_one(door, name), due) if refusal]
        if len(refusals) == len(due):
            raise refusals[0] if refusals else TemporaryFailure("no project is known yet to ask the quota of")
        fresh = {name: self._kept[name].limits for name in due}
        return {name: limits for name, limits in fresh.items() if limits is not None}

    def _due(self, projects: Sequence[ProjectRef], at_once: int) -> tuple[str, ...]:
        """Those never asked, the tenants' own first; then those asked longest ago."""
        ordered = sorted(projects, key=lambda one: (self._last(one.id), not one.tenant, one.id))
        new = sum(one.id not in self._kept for one in projects)
        return tuple(one.id for one in ordered[: min(at_once, new + ceil(len(projects) / TURNS))])

    def _last(self, project: str) -> int:
        kept = self._kept.get(project)
        return kept.read if kept else 0

    def _ask_one(self, door: Door, project: str) -> MutualisError | None:
        try:
            found = door.get(self._service, f"os-quota-sets/{project}")["quota_set"]
        except Refusal as refusal:
            if refusal.status in WHOLE_SERVICE:
                raise
            self._kept[project] = _Kept(read=self._read, limits=None)
            return refusal
        self._kept[project] = _Kept(read=self._read, limits=_limits(self._service, found))
        return None


def _limits(service: str, found: Mapping[str, Any]) -> Limits:
    """In our names. A limit that is not in the answer (a later microversion's) is not known; rubbish is an error."""
    plain = {ours: int(found[theirs]) for ours, theirs in SERVICES[service].items() if theirs in found}
    tiers = {tier_name(name.removeprefix(TIER)): int(found[name]) for name in sorted(found) if name.startswith(TIER)}
    if not plain:
        raise KeyError(*SERVICES[service].values())
    return plain | tiers if service == "block-storage" else plain
