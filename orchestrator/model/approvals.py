"""Who must have approved a change, and what of a region's specs that is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.model.region import ApprovalRule, ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Governed:
    """What needs somebody's approval of a region's specs, as it was when it was last applied.

    `policy`: digest of the region's own bounds; `waivers`: digest of each, by name.
    """

    approvals: tuple[ApprovalRule, ...]
    policy: str
    waivers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededApproval:
    """`why`: what of the change is of this kind, in words; `roles`: sorted."""

    change: ChangeKind
    roles: tuple[str, ...]
    why: str

    @property
    def sentence(self) -> str:
        """`dpo and operator for deletions (2 objects go)`."""
        what = "any change" if self.change is ChangeKind.ANY else self.change.value
        return f"{' and '.join(self.roles)} for {what} ({self.why})"
