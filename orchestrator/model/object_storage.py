"""Object storage: the kinds that a catalogue offers, and a tenant's containers."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.model.sharing import ContainerShare


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectTier:
    """A kind of object storage, kept by a storage back end of a site."""

    name: str
    backend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectContainer:
    """`size_gib`: what it may hold; `versioned`: what is overwritten or deleted is kept as an older version."""

    name: str
    project: str
    tier: str
    size_gib: int
    versioned: bool = False
    shared_with: tuple[ContainerShare, ...] = ()
