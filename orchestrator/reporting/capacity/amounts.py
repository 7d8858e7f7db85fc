"""Figures as a table says them: amounts, shares in percent, names of what is counted."""

from __future__ import annotations

import math

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import CapacityLine, Resource, TenantLine
from orchestrator.model.quota import UNLIMITED

UNKNOWN = "-"
"""Not known, or not applicable."""


def said(resource: Resource, amount: int | None) -> str:
    if amount is None:
        return UNKNOWN
    return "unlimited" if amount == UNLIMITED else amount_text(resource, amount)


def percent(part: int | None, of: int | None) -> str:
    """Empty where there is nothing to tell. Something of nothing is over, not a division by zero."""
    if part is None or of is None:
        return ""
    if part == UNLIMITED or not of:
        return "over" if part else ""
    return f"{100 * part / of:.0f} %"


def ratio_percent(ratio: float | None) -> str:
    """The same of a ratio that was reckoned already; infinite is over."""
    if ratio is None:
        return ""
    return "over" if math.isinf(ratio) else f"{100 * ratio:.0f} %"


def exceeds(part: int | None, of: int | None) -> bool:
    """Whether there is more of it than there may be; what is not known exceeds nothing."""
    return part is not None and of is not None and (part == UNLIMITED or part > of)


def counted(line: CapacityLine | TenantLine) -> str:
    """`memory`, `storage fast`, `floating ips`."""
    return f"{line.resource.value.replace('_', ' ')} {line.tier}".rstrip()
