"""What a tenant's quota was when it was last applied, and since when it has been so: kept by the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRecord:
    """`size`, `multiplier`, `overrides`: as asked for; `values`: every quota in full (names: model/quota.py).

    `changed_on`: ISO date on which another request took the place of the one before; empty: it is the first one.
    """

    size: str
    multiplier: float
    overrides: Mapping[str, int]
    values: Mapping[str, int]
    changed_on: str = ""

    def asks_the_same(self, other: QuotaRecord) -> bool:
        """Whether the member's request is the same: another size of the catalogue's does not make it another."""
        mine = (self.size, self.multiplier, dict(self.overrides))
        return mine == (other.size, other.multiplier, dict(other.overrides))
