"""Which credential an operation gets: the cloud's own to act, its `-reader` entry, where there is one, to look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from orchestrator.adapters.clouds import cloud_names
from orchestrator.model.region import Region
from orchestrator.settings import Settings


def cloud_environment(region: Region, settings: Settings, *, reading: bool) -> Mapping[str, str]:
    """`OS_CLOUD`, the clouds.yaml that names it when it is known, and that a reader stays in its own scope."""
    clouds = clouds_file(region, settings, reading=reading)
    file = {"OS_CLIENT_CONFIG_FILE": str(clouds)} if clouds else {}
    reader = f"{region.cloud}-reader"
    if reading and reader in cloud_names(clouds):
        return {"OS_CLOUD": reader, "OS_KEEP_SCOPE": "1", **file}
    return {"OS_CLOUD": region.cloud, **file}


def clouds_file(region: Region, settings: Settings, *, reading: bool) -> Path | None:
    """The one that was named; else, of a region that we install, the one that its installation writes.

    None: where openstacksdk looks by itself. Who acts is told the installation's before it is written: its hosts
    come first. Who looks may be somewhere else, with a clouds.yaml of one's own.
    """
    if settings.clouds or region.installation is None:
        return settings.clouds
    written = settings.region_folder(region.name) / "clouds.yaml"
    return written if not reading or written.exists() else None
