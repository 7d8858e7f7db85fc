"""Which credential an operation gets: the cloud's own to act, its `-reader` entry, where there is one, to look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from orchestrator.adapters.clouds import cloud_names


def cloud_environment(cloud: str, clouds: Path | None, *, reading: bool) -> Mapping[str, str]:
    """`OS_CLOUD`, the clouds.yaml that names it when it is known, and that a reader stays in its own scope."""
    file = {"OS_CLIENT_CONFIG_FILE": str(clouds)} if clouds else {}
    reader = f"{cloud}-reader"
    if reading and reader in cloud_names(clouds):
        return {"OS_CLOUD": reader, "OS_KEEP_SCOPE": "1", **file}
    return {"OS_CLOUD": cloud, **file}
