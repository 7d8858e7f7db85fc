"""Everything a page says, in one language: `english` and `french` are one of these each, so neither lacks a word."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import Resource, Source
from orchestrator.model.headroom import Lost
from orchestrator.model.quota import UNLIMITED
from orchestrator.model.region import FailureDomain
from orchestrator.model.tenant import TenantState

MINUS: Final = "\u2212"
NO_BREAK: Final = "\u00a0"
UNKNOWN: Final = "\u2013"  # a dash
LAYERS: Final = ("physical", "allocatable", "guaranteed", "declared", "quota", "allocated", "used")
"""In the order in which they are explained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sentences have named places in braces; `{…}` of amounts are filled by `amount`."""

    language: str
    thousands: str
    decimal: str
    byte: str  # what follows Ki, Mi, Gi
    percent: str
    months: tuple[str, ...]
    first: str  # of a month
    moment: str

    region_title: str
    site_title: str
    tenant_title: str
    read_at: str
    supply: Mapping[Source, str]
    not_asked: str

    resources: Mapping[Resource, str]
    amounts: Mapping[Resource, str]
    layers: Mapping[str, str]
    meanings: Mapping[str, str]
    tenant_meanings: Mapping[str, str]
    full: str
    sold: str
    full_meaning: str
    sold_meaning: str
    tenant_full_meaning: str
    unknown_meaning: str
    free: str
    limit: str
    unlimited: str
    over: str

    fits: str
    fits_not: str
    tenant_fits: str
    tenant_fits_not: str
    short: str
    oversold: str
    oversold_title: str
    unplaced: str
    lost: Mapping[FailureDomain, str]
    nothing_lost: str
    risk_sum: str
    risk_place: str
    losses: Mapping[FailureDomain, str]
    more_tenants: str
    also: str

    complete: str
    incomplete: str
    stale: str
    never: str
    partial: str
    partial_hosts: str
    trouble: str
    parts: Mapping[str, str]
    answered: str
    silent: str

    of_region: str
    aggregate: str
    room: str
    room_for: str
    room_servers: str
    room_free: str
    after: Mapping[Lost, str]
    without: Mapping[Lost, str]
    stranded: str
    tenants: str
    tenant: str
    nobody: str
    states: Mapping[TenantState, str]
    counted: str
    freshness: str
    part: str
    read: str
    state: str
    known: str
    resource: str
    legend: str
    how_to_read: str
    bar: str
    of_allocatable: str
    of_declared: str

    def limit_or_amount(self, resource: Resource, amount: int | None) -> str:
        """The same of a quota, which may have no limit."""
        return self.unlimited if amount == UNLIMITED else self.amount(resource, amount)

    def amount(self, resource: Resource, amount: int | None) -> str:
        """`1.5 TiB`, `1,5 Tio`; unknown is a dash."""
        if amount is None:
            return UNKNOWN
        figure, _, unit = amount_text(resource, abs(amount)).partition(" ")
        whole, _, rest = figure.partition(".")
        said = self.number(int(whole)) + (f"{self.decimal}{rest}" if rest else "")
        sign = MINUS if amount < 0 else ""
        return sign + (f"{said}{NO_BREAK}{unit.replace('B', self.byte)}" if unit else said)

    def number(self, number: int) -> str:
        """`2,048`."""
        return f"{number:,}".replace(",", self.thousands)

    def in_sentence(self, resource: Resource) -> str:
        """Its name without the capital of a heading."""
        name = self.resources[resource]
        return name if name[:2].isupper() else name[:1].lower() + name[1:]

    def share(self, part: int | None, of: int | None) -> str:
        """In percent; empty where there is nothing to tell."""
        if part is None or of is None:
            return ""
        if part == UNLIMITED or not of:
            return self.over if part else ""
        return self.percent.format(f"{100 * part / of:.0f}")

    def ratio(self, ratio: float | None) -> str:
        """The same of a ratio that was reckoned already; infinite is over."""
        if ratio is None:
            return ""
        return self.over if math.isinf(ratio) else self.percent.format(f"{100 * ratio:.0f}")

    def at(self, seconds: float) -> str:
        """A moment, UTC."""
        when = dt.datetime.fromtimestamp(seconds, dt.UTC)
        day = self.first if when.day == 1 else str(when.day)
        return self.moment.format(day=day, month=self.months[when.month - 1], when=when)

    def listed(self, names: Sequence[str], at_most: int = 5) -> str:
        """Some by name, the others by number."""
        more = len(names) - at_most
        said = ", ".join(names[:at_most])
        return said + (self.more_tenants.format(more=more) if more > 0 else "")
