"""An image from a file. Other content is another image; servers keep the one that they were made from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.catalogue import Image

_DIGITS: Final = 12
_UNUSED_CACHE: Final = "/var/empty"  # for downloads only, which we have none of; the default is below $HOME and differs


def image(environment: Image, files: Path) -> openstack.images.Image:
    """`files`: the folder that the image's `file` is relative to; the caller has verified the checksum."""
    return openstack.images.Image(
        f"{environment.name}/{environment.sha256[:_DIGITS]}",
        name=environment.name,
        local_file_path=str(files / environment.file),
        image_cache_path=_UNUSED_CACHE,
        container_format="bare",
        disk_format=environment.disk_format,
        min_disk_gb=environment.min_disk_gib,
        min_ram_mb=environment.min_memory_mib,
        visibility="public",
        properties={**environment.properties, "mutualis_sha256": environment.sha256},
        # where the checkout lies says nothing about the image
        opts=pulumi.ResourceOptions(ignore_changes=["localFilePath", "imageCachePath"]),
    )
