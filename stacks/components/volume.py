"""A volume, and its attachment to a server."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi_openstack as openstack

from orchestrator.model.tenant import Volume
from stacks.components.place import Place
from stacks.components.server import BuiltServer


def volume(place: Place, environment: Volume, servers: Mapping[str, BuiltServer]) -> None:
    """Another tier moves the data (`on-demand`: to another back end if need be), another size grows it in use.

    Cinder refuses to move an attached volume between tiers of different limits (front-end QoS), and to shrink any.
    """
    built = openstack.blockstorage.Volume(
        place.name(environment.name),
        name=environment.display_name,
        description=place.mark("volume", environment.name),
        size=environment.size_gib,
        volume_type=environment.tier,
        volume_retype_policy="on-demand",
        enable_online_resize=True,
        opts=place.options(lasting=True),
    )
    if environment.attach_to:
        openstack.compute.VolumeAttach(
            place.name(environment.name),
            instance_id=servers[environment.attach_to].instance.id,
            volume_id=built.id,
            opts=place.options(delete_first=True),  # a volume is attached once at a time
        )
