"""Backups: the kinds that a catalogue offers, and what a tenant asks for."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.model.certification import Certification


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupTarget:
    """Where backups are kept: a `site` of the region, or a `location` outside of it; the other one is empty."""

    site: str = ""
    location: str = ""
    country: str = ""  # of the location, ISO 3166-1 alpha-2; a site has its own
    certifications: tuple[Certification, ...] = ()  # of the location; a site has its own


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupTier:
    """A kind of backup. `off_site`: kept in another building than what it is of."""

    name: str
    every_hours: int
    keep_days: int
    target: BackupTarget
    encrypted: bool = False
    off_site: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Things of a tenant that are backed up in the same way: named ones, or `everything`."""

    tier: str
    servers: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    everything: bool = False
