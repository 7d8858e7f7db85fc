"""How hosts are emptied of servers: what the Region spec says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColdMoves(StrEnum):
    """Which servers may be moved by stopping them, copying their disks and starting them elsewhere."""

    STOPPED = "stopped"  # those that are shut off anyway: nobody notices
    ALL = "all"  # running ones too, when they cannot be moved live: each is down for minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draining:
    """`servers_at_once`: on their way off one host; `server_minutes`: after which a move is given up."""

    servers_at_once: int = 2
    server_minutes: int = 30
    cold_moves: ColdMoves = ColdMoves.STOPPED
