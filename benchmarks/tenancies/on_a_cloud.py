"""A cloud of the demo region's shape for the length of a block, and on it the place where contenders work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measurement import program
from measurement.product import CHECKOUT, Product
from measurement.running_cloud import running_cloud

from tenancies.contenders import Place

REGION, CLOUD = CHECKOUT / "inventory" / "demo", "mutualis-lab"


@contextmanager
def on_a_cloud(
    product: Product, folder: Path, *, tenants: int, at_once: int, limit: float | None = None
) -> Iterator[Place]:
    """`folder`: for everything that is written, the cloud included. `limit`: seconds for one process; None: by size."""
    program.progress("starting a cloud")
    with running_cloud(REGION, folder, product) as clouds:
        yield Place(
            product=product,
            folder=folder,
            clouds=clouds,
            cloud=CLOUD,
            tenants=tenants,
            at_once=at_once,
            limit=300.0 + 60.0 * tenants if limit is None else limit,
        )
