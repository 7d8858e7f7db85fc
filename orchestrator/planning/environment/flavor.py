"""The id that a flavor is given in Nova, so that tenants' stacks need not look it up.

It carries the size: a flavor of another size is another flavor (Nova cannot change one), and servers of the old
size are resized. Extra specs are not part of it, Nova changes them in place.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

from orchestrator.model.catalogue import Flavor
from orchestrator.model.environment import FlavorEnvironment

_DIGITS: Final = 8
AGGREGATE_KEY: Final = "mutualis_aggregate"
"""In the metadata of a host aggregate: the aggregate as hosts name it, whatever its site."""
_ASK_AGGREGATE: Final = "aggregate_instance_extra_specs"


def flavor_id(flavor: Flavor) -> str:
    """`<name>-<8 hex digits of the size>`."""
    size = f"{flavor.vcpus} {flavor.memory_mib} {flavor.disk_gib}"
    return f"{flavor.name}-{hashlib.sha256(size.encode()).hexdigest()[:_DIGITS]}"


def flavor_environment(flavor: Flavor) -> FlavorEnvironment:
    """One that belongs to an aggregate asks for hosts that bear its name (Nova: AggregateInstanceExtraSpecsFilter)."""
    only = {f"{_ASK_AGGREGATE}:{AGGREGATE_KEY}": flavor.aggregate} if flavor.aggregate else {}
    placed = replace(flavor, extra_specs={**flavor.extra_specs, **only})
    return FlavorEnvironment(flavor=placed, flavor_id=flavor_id(flavor))
