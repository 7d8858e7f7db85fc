"""An embedded cloud for one benchmark: on free ports of loopback, stopped at the end however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measurement.process import run
from measurement.product import Product

UP_LIMIT = 900.0
"""Seconds; the first start on a machine installs OpenStack."""

DOWN_LIMIT = 60.0


@contextmanager
def running_cloud(region: Path, folder: Path, product: Product) -> Iterator[Path]:
    """In the shape of the region's hosts; yields its clouds.yaml."""
    place = folder / "cloud"
    up = product.following_pip(product.mutualis, "lab", "up", region, "--dir", place)
    try:
        run(up, limit=UP_LIMIT, environment=product.environment)
        yield place / "clouds.yaml"
    finally:
        run((product.mutualis, "lab", "down", "--dir", place), limit=DOWN_LIMIT, environment=product.environment)
