"""A volume, and its attachment to a server."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi_openstack as openstack

from orchestrator.model.environment import VolumeEnvironment
from stacks.components.place import Place
from stacks.components.server import BuiltServer


def volume(place: Place, environment: VolumeEnvironment, servers: Mapping[str, BuiltServer]) -> None:
    """Another tier moves the data (`on-demand`: to another back end if need be), another size grows it in use.

    Another zone is another volume. Cinder refuses to move an attached volume between tiers of different limits
    (front-end QoS), and to shrink any.
    """
    given = environment.volume
    built = openstack.blockstorage.Volume(
        place.name(given.name),
        name=given.display_name,
        description=place.mark("volume", given.name),
        size=given.size_gib,
        volume_type=given.tier,
        availability_zone=environment.zone or None,
        volume_retype_policy="on-demand",
        enable_online_resize=True,
        opts=place.options(lasting=True),
    )
    if given.attach_to:
        openstack.compute.VolumeAttach(
            place.name(given.name),
            instance_id=servers[given.attach_to].instance.id,
            volume_id=built.id,
            opts=place.options(delete_first=True),  # a volume is attached once at a time
        )
