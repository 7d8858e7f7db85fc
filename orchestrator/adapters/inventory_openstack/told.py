"""What one service said of one project's quota, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.adapters.inventory_openstack.moment import Moment

Limits = Mapping[str, int]
"""Quota name (model/quota.py) -> limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    limits: Limits
    at: Moment


def told_now(limits: Mapping[str, Limits], at: Moment) -> dict[str, Told]:
    """Of all projects at once."""
    return {project: Told(limits=own, at=at) for project, own in limits.items()}
