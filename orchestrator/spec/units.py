"""The unit of a field. Names of fields end in it, so that a number is never written without."""

from __future__ import annotations

import re
from typing import Final

_BY_END: Final = (
    (r"GramsPerKWh", "grams of CO2 equivalent for a kilowatt-hour"),
    (r"KgCO2e", "kilograms of CO2 equivalent"),
    (r"^pricePerKWh", "the region's currency for a kilowatt-hour"),
    (r"^per[A-Z].*GiB", "the region's currency for a GiB and year"),
    (r"^perVcpu", "the region's currency for a virtual core and year"),
    (r"^perYear", "the region's currency for a year"),
    (r"^price", "the region's currency"),
    (r"GiB(ByTier)?", "GiB (1 GiB = 1024 MiB)"),
    (r"Gbps", "gigabits a second"),
    (r"Watts", "watts"),
    (r"Percent", "percent"),
    (r"Minutes", "minutes"),
    (r"Hours", "hours"),
    (r"Days", "days"),
    (r"Months", "months"),
    (r"Years", "years"),
    (r"^iops", "operations a second"),
    (r"^(unit|units|heightUnits)", "height units of a rack (44.45 mm)"),
    (r"^threads", "hardware threads"),
    (r"^vcpus?", "virtual cores"),
    (r"^mtu", "bytes"),
    (r"^hour", "hour of the day, from 0, in the region's time zone"),
)


def unit_of(path: str) -> str:
    """In words; empty for what is no quantity, or a plain count. `path`: as in `tenant.spec.quota`."""
    name = path.rsplit(".", 1)[-1].removesuffix("[]")
    return next((unit for end, unit in _BY_END if re.search(f"{end}$", name)), "")
