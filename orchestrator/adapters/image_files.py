"""Image files, checked against the checksum that was reviewed before anything is uploaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from orchestrator.errors import SpecError
from orchestrator.model.catalogue import Image


def verify_images(images: Iterable[Image], folder: Path) -> None:
    """Raises SpecError for the first file that is missing or is not what the catalogue says."""
    for image in images:
        _verify(image, folder / image.file)


def _verify(image: Image, path: Path) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as err:
        raise SpecError(f"cannot read {path}, the file of image {image.name}", hint="put the file there") from err
    if found != image.sha256:
        raise SpecError(
            f"image {image.name}: {path} has sha256 {found}, the catalogue says {image.sha256}",
            hint="bring the reviewed file back, or have the new checksum reviewed",
        )
