"""The half that sets up hosts. Its inventory needs nothing more; what acts on hosts needs the `hosts` extra."""

from __future__ import annotations

from pathlib import Path

from orchestrator.errors import SpecError
from orchestrator.model.host_inventory import HostInventory
from orchestrator.planning.hosts.inventory import host_inventory
from orchestrator.reporting.findings import findings_to_text
from orchestrator.wiring.specs import validated


def inventory_of(folder: Path) -> HostInventory:
    """Of a region's folder. Raises SpecError when the specs are refused, or say nothing of an installation."""
    validation = validated(folder)
    refusals = tuple(finding for finding in validation.findings if finding.refuses)
    if validation.specs is None or refusals:
        raise SpecError(f"the specs of {folder} are refused\n{findings_to_text(refusals)}")
    return host_inventory(validation.specs)
