"""The answer to "what if": what no longer fits after a change, and what would make it fit again."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestrator.model.capacity import Source
from orchestrator.model.fit import Domain, Judgement, Misfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The smallest number of machines like an existing one that makes everything of a site fit, by packing.

    `price`: of all of them as the spec says what one cost; None when no spec has that host. `count` 0: no number helps.
    """

    site: str
    like: str
    count: int
    price: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """`changes`: as said. `lost`: whether hosts are gone, so that nothing is kept back any more.

    `judged`: what does not fit. `down`: tenants of a lost site whose shares need not outlive it. `next_loss`: what
    could then not be lost any more; nothing in it when the reserve is whole.
    """

    region: str
    supply: Source
    changes: tuple[str, ...]
    lost: bool
    judged: Judgement
    down: tuple[str, ...] = ()
    next_loss: Judgement = field(default_factory=Judgement)
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepLine:
    """One domain lost, alone. `like`: further domains that take equal hosts. `misfit`: None when everything fits."""

    domain: Domain
    like: int
    misfit: Misfit | None
