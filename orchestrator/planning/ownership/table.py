"""Every kind with its owners, by type token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orchestrator.planning.ownership.further import FURTHER
from orchestrator.planning.ownership.made import MADE
from orchestrator.planning.ownership.rule import Ownership

OWNERSHIP: Final[Mapping[str, Ownership]] = {one.kind: one for one in (*MADE, *FURTHER)}
