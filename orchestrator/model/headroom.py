"""What still goes in beside what stands there, now and after a loss: frozen lines of whole numbers, in base units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orchestrator.model.capacity import Resource


class Lost(StrEnum):
    """What is gone: the largest of its kind."""

    NONE = "none"
    HOST = "host"
    RACK = "rack"
    FEED = "feed"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeLine:
    """What nobody has taken of one resource of an aggregate, the region's reserve included.

    With a host or rack lost (`domain`, of those in use there the one that gives most): what the other hosts may hand
    out, less what is taken on all of them, the lost one included; below 0: it does not fit on what is left. With the
    site lost: what is free at the other sites, in aggregates of that name.
    """

    site: str
    aggregate: str
    resource: Resource
    lost: Lost
    amount: int
    domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotLine:
    """How many servers of a flavor still find a host in an aggregate, each whole on one, none of another beside them.

    With a host or rack lost: after what stood on it was placed again; the fewest, over the largest one by each
    resource (`domain`). With the site lost: at the other sites, in aggregates of that name.
    """

    site: str
    aggregate: str
    flavor: str
    lost: Lost
    servers: int
    domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """What stands on the largest host or rack of a site and finds no host at the site once that is gone.

    `servers`: pieces, the most over the largest one by each resource (`domain`); where the cloud does not tell which
    servers are on a host, parts of what is taken there.
    """

    site: str
    lost: Lost
    servers: int
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headroom:
    """By site, aggregate, resource or flavor, and loss; a loss that there cannot be has no line."""

    free: tuple[FreeLine, ...] = ()
    slots: tuple[SlotLine, ...] = ()
    stranded: tuple[Stranded, ...] = ()
