"""One life of all tenants by one contender: create, change nothing, delete; what it did is counted each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from measurement.errors import BenchmarkError
from measurement.process import Finished, run
from measurement.product import Product

from tenancies.limits import OPEN_PORTS

CENSUS_LIMIT = 120.0
SINGLE = (
    "project",
    "compute quota",
    "volume quota",
    "network quota",
    "network",
    "subnet",
    "router",
    "router interface",
    "security group",
)
"""Kinds of which a tenant has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Whole processes, in their order."""

    create: Finished
    no_op: Finished
    delete: Finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """Each carries its work out on all tenants in one process, and raises BenchmarkError when it failed.

    `changed`: how many objects a process says that it touched; the no-op must say none.
    """

    create: Callable[[], Finished]
    delete: Callable[[], Finished]
    changed: Callable[[Finished], int]


def expected(tenants: int) -> dict[str, int]:
    """The census of a cloud that holds all tenants."""
    return {**dict.fromkeys(SINGLE, tenants), "rule": tenants * len(OPEN_PORTS)}


def live(contender: Contender, census: Callable[[], dict[str, int]], tenants: int) -> Life:
    """Raises BenchmarkError when the cloud does not hold what it must after each part."""
    create = contender.create()
    _compare("create", census(), expected(tenants))
    no_op = contender.create()
    if contender.changed(no_op):
        raise BenchmarkError(f"the no-op changed {contender.changed(no_op)} objects")
    delete = contender.delete()
    _compare("delete", census(), expected(0))
    return Life(create=create, no_op=no_op, delete=delete)


def count(product: Product, clouds: Path, cloud: str) -> dict[str, int]:
    """The census; sweeps what OpenStack leaves behind."""
    script = Path(__file__).with_name("census.py")
    done = run((product.python, script, clouds, cloud), limit=CENSUS_LIMIT, environment=product.environment)
    found: dict[str, int] = json.loads(done.output)
    return found


def _compare(after: str, found: dict[str, int], wanted: dict[str, int]) -> None:
    if found != wanted:
        raise BenchmarkError(f"after {after} the cloud holds {found}, not {wanted}")
