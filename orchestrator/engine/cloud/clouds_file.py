"""What a clouds.yaml offers; credentials themselves are opened in `connection` only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openstack.config import OpenStackConfig

if TYPE_CHECKING:
    from pathlib import Path


def cloud_names(path: Path | None) -> frozenset[str]:
    """The entries of a clouds.yaml; None: the one that openstacksdk finds by itself."""
    config = OpenStackConfig(config_files=[str(path)] if path else None, load_envvars=False)
    return frozenset(config.get_cloud_names())
