"""What does not fit in one sentence each: the same words for findings, `capacity` and `what-if`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import Resource
from orchestrator.model.fit import Amounts, Misfit, Promise, Shortfall, Unplaced

WORDS: Final = {Promise.GUARANTEED: "guaranteed shares", Promise.DECLARED: "quotas"}
NAMED: Final = 5  # tenants or servers named in a message; the rest is counted


def shortfall_text(short: Shortfall) -> str:
    where = f"at site {short.site}" if short.site else "in the region"
    what = short.resource.value.replace("_", " ")
    if short.tiers:
        what = f"{what} of {', '.join(short.tiers)}"
    missing, wanted, available = (
        amount_text(short.resource, amount) for amount in (short.missing, short.wanted, short.available)
    )
    return (
        f"{WORDS[short.promise]} do not fit {where}: {missing} of {what} missing "
        f"({wanted} promised, {available} there after the reserve); "
        f"promised to {named([f'{name} {amount_text(short.resource, a)}' for name, a in short.tenants])}"
    )


def misfit_text(misfit: Misfit) -> str:
    """Who, how much is missing, and the largest hole that is left."""
    lost = f"the loss of {misfit.loss.text} is not survived" if misfit.loss else "the sum fits, the packing does not"
    more = f" (so with {misfit.also} more)" if misfit.also else ""
    who = named([unplaced_text(one) for one in misfit.unplaced])
    hole = f"; the largest hole is {amounts_text(misfit.hole.free)} on {misfit.hole.host}" if misfit.hole else ""
    return (
        f"{lost}: guaranteed shares of site {misfit.site} find no host{more}: {amounts_text(misfit.missing)} missing; "
        f"{who}{hole}"
    )


def unplaced_text(one: Unplaced) -> str:
    """`arcy db-1, db-2 (4 vcpus, 32 GiB of memory each)`."""
    what = ", ".join(one.servers) if one.servers else f"{one.count} parts of its share"
    each = " each" if one.count > 1 else ""
    return f"{one.tenant} {what} ({amounts_text(one.each)}{each})"


def amounts_text(amounts: Amounts) -> str:
    """`4 vcpus, 32 GiB of memory`; what is 0 is left out."""
    said = [_amount(resource, amount) for resource, amount in amounts.items() if amount]
    return ", ".join(said) or "nothing"


def named(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _amount(resource: Resource, amount: int) -> str:
    return f"{amount_text(resource, amount)} {'of ' if resource.in_bytes else ''}{resource.value}"
