"""The rules that specs must keep: business, law and prudence, each in its own file, suspended only by a waiver."""

from __future__ import annotations

from typing import Final

from policies.rule import Rule
from policies.rules import (
    pol001_residency,
    pol002_health_hosting,
    pol003_addresses_overlap,
    pol004_open_administration,
    pol005_floating_ip,
    pol006_personal_data,
    pol007_image_support,
    pol008_guarantee,
    pol009_project_quotas,
    pol010_within_quota,
)

RULES: Final[tuple[Rule, ...]] = (
    pol001_residency.RULE,
    pol002_health_hosting.RULE,
    pol003_addresses_overlap.RULE,
    pol004_open_administration.RULE,
    pol005_floating_ip.RULE,
    pol006_personal_data.RULE,
    pol007_image_support.RULE,
    pol008_guarantee.RULE,
    pol009_project_quotas.RULE,
    pol010_within_quota.RULE,
)
