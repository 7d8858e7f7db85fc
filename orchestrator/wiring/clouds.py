"""Which credential an operation gets: the cloud's own to act, its `-reader` entry, where there is one, to look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from orchestrator.adapters.clouds import cloud_names


def cloud_environment(cloud: str, clouds: Path | None, *, reading: bool) -> Mapping[str, str]:
    """`OS_CLOUD` and, when it is known, the clouds.yaml that names it."""
    reader = f"{cloud}-reader"
    name = reader if reading and reader in cloud_names(clouds) else cloud
    return {"OS_CLOUD": name, **({"OS_CLIENT_CONFIG_FILE": str(clouds)} if clouds else {})}
