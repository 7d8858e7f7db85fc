"""A yearly price as a message tells it: the sum, the tariff, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from orchestrator.model.catalogue import Tariff
from orchestrator.model.price import Amounts, price_lines, yearly_price


@dataclass(frozen=True, slots=True)
class Bill:
    """Amounts at a tariff. `currency`: the region's."""

    tariff: Tariff
    amounts: Amounts
    currency: str

    @property
    def total(self) -> Fraction:
        """For a year."""
        return yearly_price(self.tariff, self.amounts)

    def __str__(self) -> str:
        parts = ", ".join(
            f"{line.what}{' ' * bool(line.tier)}{line.tier} {float(line.price):.2f}"
            for line in price_lines(self.tariff, self.amounts)
        )
        return f"{float(self.total):.2f} {self.currency} a year by the tariff of {self.tariff.valid_from} ({parts})"
