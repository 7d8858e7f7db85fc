"""The cloud's inventory for commands that show it; nothing of OpenStack is loaded until it is asked for."""

from __future__ import annotations

from pathlib import Path

from orchestrator.cli.options import settings_of
from orchestrator.model.specs import Specs
from orchestrator.ports import CloudInventory


def inventory_of(specs: Specs, clouds: Path | None, *, again: bool = False) -> CloudInventory:
    """For one look; `again`: for one after the other, with quotas that come in turns."""
    from orchestrator.wiring.inventory import cloud_inventory  # noqa: PLC0415 a second that specs alone need not wait

    return cloud_inventory(specs, settings_of(None, clouds), again=again)
