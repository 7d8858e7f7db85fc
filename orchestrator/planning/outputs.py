"""The region stack's exports, as tenants' stacks use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestrator.model.environment import RegionOutputs


def region_outputs(exports: Mapping[str, Any]) -> RegionOutputs:
    """Exports by name of the mapping; what is missing or no mapping of texts is not known yet."""
    return RegionOutputs(
        deployer=str(exports.get("deployer", "")),
        external_networks=_ids(exports, "external_networks"),
        images=_ids(exports, "images"),
        flavors=_ids(exports, "flavors"),
    )


def _ids(exports: Mapping[str, Any], name: str) -> Mapping[str, str]:
    found = exports.get(name)
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
