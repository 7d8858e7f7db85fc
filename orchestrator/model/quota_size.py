"""Quota sizes resolved to numbers: the one place for this arithmetic, used for writing quotas and for capacity.

A size's own values stand over its parent's values times the size's multiplier. The tenant's multiplier comes next,
then rounding down (once, so that nothing is lost on the way), then the tenant's overrides, taken as written.
What nobody gives is 0, for a volume tier too: a quota is a grant, never an accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Final

from orchestrator.errors import SpecError
from orchestrator.model.catalogue import Catalogue, QuotaSize
from orchestrator.model.quota import NAMES
from orchestrator.model.tenant import QuotaRequest

TIER_PREFIX: Final = "storageGiB:"


def tier_name(tier: str) -> str:
    """The quota name of the storage of one volume tier, GiB."""
    return f"{TIER_PREFIX}{tier}"


def tenant_quota(catalogue: Catalogue, request: QuotaRequest) -> Mapping[str, int]:
    """Every quota of a tenant, written in full: quota name (model/quota.py; `storageGiB:<tier>`) -> value.

    Raises SpecError for a size that does not exist or is its own ancestor.
    """
    multiplier = _exact(request.multiplier)
    values, parts = _resolved(catalogue, request.size, ())
    over, under = multiplier.numerator, multiplier.denominator * parts
    scaled = {name: value * over // under for name, value in values.items()}
    nothing = dict.fromkeys((*NAMES, *map(tier_name, catalogue.tiers)), 0)
    return nothing | scaled | dict(request.overrides)


def _resolved(catalogue: Catalogue, name: str, children: tuple[str, ...]) -> tuple[dict[str, int], int]:
    """(values, parts): a value is of that many parts, so that whole numbers say exactly what a multiplier does."""
    size = _size(catalogue, name, children)
    if size.parent is None:
        return dict(size.values), 1
    multiplier = _exact(size.multiplier)
    inherited, parts = _resolved(catalogue, size.parent, (*children, name))
    parts *= multiplier.denominator
    scaled = {quota: value * multiplier.numerator for quota, value in inherited.items()}
    return scaled | {quota: value * parts for quota, value in size.values.items()}, parts


def _size(catalogue: Catalogue, name: str, children: tuple[str, ...]) -> QuotaSize:
    if name in children:
        chain = " -> ".join((*children[children.index(name) :], name))
        raise SpecError(f"quota size {name} is its own ancestor: {chain}", hint="take one `parent` of the chain out")
    size = catalogue.quota_sizes.get(name)
    if size is None:
        known = ", ".join(sorted(catalogue.quota_sizes)) or "none"
        raise SpecError(f"catalogue {catalogue.name} has no quota size {name}", hint=f"sizes there: {known}")
    return size


@cache
def _exact(multiplier: float) -> Fraction:
    """As written: 0.1 is one tenth, so that ten times 0.1 x 30 is 30 and not 29."""
    return Fraction(str(multiplier))
