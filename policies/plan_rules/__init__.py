"""The rules that plans must keep: what would happen is judged, not what is written."""

from __future__ import annotations

from typing import Final

from policies.plan_rule import PlanRule
from policies.plan_rules import (
    pol101_protected_data,
    pol102_stored_data,
    pol103_deleted_servers,
    pol104_replaced_servers,
    pol105_control_hosts,
    pol106_quota_jump,
    pol107_quota_pace,
    pol108_open_containers,
)

PLAN_RULES: Final[tuple[PlanRule, ...]] = (
    pol101_protected_data.RULE,
    pol102_stored_data.RULE,
    pol103_deleted_servers.RULE,
    pol104_replaced_servers.RULE,
    pol105_control_hosts.RULE,
    pol106_quota_jump.RULE,
    pol107_quota_pace.RULE,
    pol108_open_containers.RULE,
)
