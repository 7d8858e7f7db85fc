"""The region's program: what all tenants choose from and stand on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pulumi

from orchestrator.model.environment import RegionEnvironment
from stacks.components.aggregate import aggregate
from stacks.components.deployer import deployer
from stacks.components.external_network import external_network
from stacks.components.flavor import flavor
from stacks.components.image import image
from stacks.components.volume_tier import volume_tier


def region_program(environment: RegionEnvironment, files: Path) -> Callable[[], None]:
    """`files`: the folder that images' files are relative to, their checksums verified.

    Exports what `KnownIds.of` reads: `external_networks`, `images`, `flavors` (name -> id) and `deployer`.
    """

    def program() -> None:
        for group in environment.aggregates:
            aggregate(group)
        for tier in environment.tiers:
            volume_tier(tier)
        pulumi.export("flavors", {one.flavor.name: flavor(one).id for one in environment.flavors})
        pulumi.export("images", {one.name: image(one, files).id for one in environment.images})
        pulumi.export(
            "external_networks", {one.name: external_network(one).id for one in environment.external_networks}
        )
        pulumi.export("deployer", deployer())

    return program
