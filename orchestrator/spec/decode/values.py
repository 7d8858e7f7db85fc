"""Small conversions that all kinds share: units, dates, quota names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

MIB_PER_GIB: Final = 1024

Raw = Mapping[str, Any]


def mib(gib: float) -> int:
    """GiB as written to MiB; the schema lets only whole MiB through."""
    return round(gib * MIB_PER_GIB)


def day(written: str | None) -> dt.date | None:
    """A day as written, YYYY-MM-DD; None when it is not."""
    return dt.date.fromisoformat(written) if written else None


def frozen(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A copy that nobody changes, in sorted order."""
    return MappingProxyType(dict(sorted(values.items())))


def quota(values: Raw) -> Mapping[str, int]:
    """Quota values by the names of model/quota.py: GiB of memory become MiB, tiers become `storageGiB:<tier>`."""
    plain = {name: value for name, value in values.items() if name not in {"memoryGiB", "storageGiBByTier"}}
    if "memoryGiB" in values:
        plain["memoryMiB"] = mib(values["memoryGiB"])
    tiers = {f"storageGiB:{tier}": size for tier, size in values.get("storageGiBByTier", {}).items()}
    return frozen(plain | tiers)


def by_name(items: tuple[Any, ...]) -> Mapping[str, Any]:
    """Things with a name, by it."""
    return frozen({item.name: item for item in items})
