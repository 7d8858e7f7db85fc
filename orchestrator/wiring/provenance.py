"""Where this run comes from, told by the process and its forge."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.adapters.forge_variables import provenance_of
from orchestrator.adapters.records.runner import runner
from orchestrator.model.provenance import Provenance


def provenance(environment: Mapping[str, str], reviewed: str = "") -> Provenance:
    """`reviewed`: digest of the plan file that was given. Raises UsageError for roles in no form."""
    return provenance_of(environment, runner=runner(), reviewed=reviewed)
