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
from orchestrator.adapters.inventory_openstack.facts import mapping, whole
from orchestrator.adapters.inventory_openstack.fan_out import each
from orchestrator.adapters.inventory_openstack.moment import Moment
from orchestrator.adapters.inventory_openstack.refusal import Refusal
from orchestrator.adapters.inventory_openstack.told import Limits, Told
from orchestrator.errors import TemporaryFailure
from orchestrator.model.quota import COMPUTE, VOLUME
from orchestrator.model.quota_size import tier_name
from orchestrator.model.snapshot import ProjectRef
from orchestrator.ports import Clock

AT_ONCE: Final = 48  # projects asked in one read at most
TURNS: Final = 60  # reads after which every project was asked again: an hour at one read a minute
SERVICES: Final = {"compute": COMPUTE, "block-storage": VOLUME}
TIER: Final = "gigabytes_"
OF_THE_PROJECT: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND})
"""What is answered where the project is not (any more) one. Anything else says something of the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """`read`: number of the read that asked. `told`: None when the service knows no such project."""

    read: int
    told: Told | None


class QuotaSets:
    """The quota sets of one service. One read at a time (each part has one reader at most)."""

    def __init__(self, service: str, clock: Clock, *, at_once: int = AT_ONCE) -> None:
        self._service = service
        self._clock = clock
        self._at_once = at_once
        self._kept: dict[str, _Kept] = {}
        self._read = 0

    def read(self, door: Door, projects: Sequence[ProjectRef]) -> dict[str, Told]:
        """Project id -> limits, of all projects read so far that are still there.

        One that the service refuses (it vanished meanwhile) is left out; when it refuses all, that is raised.
        """
        self.ask(door, projects, self._at_once)
        return {name: kept.told for name, kept in self._kept.items() if kept.told is not None}

    def ask(self, door: Door, projects: Sequence[ProjectRef], at_once: int) -> dict[str, Limits]:
        """The same of those alone that were asked now."""
        self._read += 1
        self._kept = {one.id: self._kept[one.id] for one in projects if one.id in self._kept}
        due = self._due(projects, at_once)
        if not due:
            raise TemporaryFailure("no project is known yet to ask the quota of")
        answers = dict(zip(due, each(lambda name: self._ask_one(door, name), due), strict=True))
        refusals = [answer for answer in answers.values() if isinstance(answer, Refusal)]
        if len(refusals) == len(due):
            self._witness(door, due, refusals[0])
        fresh = {name: None if isinstance(answer, Refusal) else answer for name, answer in answers.items()}
        self._kept |= {name: _Kept(read=self._read, told=told) for name, told in fresh.items()}
        return {name: told.limits for name, told in fresh.items() if told is not None}

    def _due(self, projects: Sequence[ProjectRef], at_once: int) -> tuple[str, ...]:
        """Those never asked, the tenants' own first; then those asked longest ago."""
        ordered = sorted(projects, key=lambda one: (self._last(one.id), not one.tenant, one.id))
        new = sum(one.id not in self._kept for one in projects)
        return tuple(one.id for one in ordered[: min(at_once, new + ceil(len(projects) / TURNS))])

    def _last(self, project: str) -> int:
        kept = self._kept.get(project)
        return kept.read if kept else 0

    def _ask_one(self, door: Door, project: str) -> Told | Refusal:
        """A refusal that concerns this project alone is an answer."""
        try:
            found = mapping(mapping(door.get(self._service, f"os-quota-sets/{project}"))["quota_set"])
        except Refusal as refusal:
            if refusal.status in OF_THE_PROJECT:
                return refusal
            raise
        return Told(limits=_limits(self._service, found), at=Moment.now(self._clock))

    def _witness(self, door: Door, due: Sequence[str], refusal: Refusal) -> None:
        """All that were asked are refused: whether the service is at fault, a project that it has known tells."""
        known = next((name for name, kept in self._kept.items() if kept.told and name not in due), None)
        if known is None or isinstance(self._ask_one(door, known), Refusal):
            raise refusal


def _limits(service: str, found: Mapping[str, Any]) -> Limits:
    """In our names. A limit that is not in the answer (a later microversion's) is not known; rubbish is an error."""
    plain = {ours: whole(found[theirs]) for ours, theirs in SERVICES[service].items() if theirs in found}
    tiers = {tier_name(name.removeprefix(TIER)): whole(found[name]) for name in sorted(found) if name.startswith(TIER)}
    if not plain:
        raise KeyError(*SERVICES[service].values())
    return plain | tiers if service == "block-storage" else plain
