"""A server with its ports, and with its root disk where that is a volume.

What it is made from is decided once. The id of the image is read at creation and ignored afterwards: a renewed
image of the catalogue rebuilds nothing. Another image *name* in the spec is another server: its root disk is lost,
and a plan must say so where protection and the deletion budget see it; Nova's rebuild would pass as an update.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_openstack as openstack

from orchestrator.model.environment import ServerEnvironment
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.tenant import BootVolume, Server, ServerNetwork
from stacks.components.keypair import keypair_name
from stacks.components.known_id import region_id
from stacks.components.network import BuiltNetwork
from stacks.components.place import Place
from stacks.components.security_group import SecurityGroups
from stacks.components.shared_network import SharedNetwork

_MADE_FROM: Final = "mutualis_image"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands in the project before its servers."""

    networks: Mapping[str, BuiltNetwork]
    shared_networks: Mapping[str, SharedNetwork]
    security_groups: SecurityGroups
    server_groups: Mapping[str, openstack.compute.ServerGroup]
    keypairs: Mapping[str, openstack.compute.Keypair]
    ids: KnownIds


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltServer:
    """`ports`: by network."""

    instance: openstack.compute.Instance
    ports: Mapping[str, openstack.networking.Port]


def server(place: Place, environment: ServerEnvironment, around: Surroundings) -> BuiltServer:
    given = environment.server
    ports = {one.network: _port(place, given, one, around) for one in given.networks}
    group = around.server_groups[given.group].id if given.group else None
    instance = openstack.compute.Instance(
        place.name(given.name),
        name=given.display_name,
        flavor_id=environment.flavor_id,
        availability_zone=environment.zone,
        networks=[{"port": port.id} for port in ports.values()],
        key_pair=keypair_name(place.tenant, given.ssh_key) if given.ssh_key else None,
        scheduler_hints=[{"group": group}] if group is not None else None,
        user_data=given.user_data or None,
        power_state=environment.power_state,
        metadata={"mutualis_server": place.mark("server", given.name), _MADE_FROM: given.image},
        opts=place.options(
            after=_before(given, around),
            ignore=["imageId"],
            replace_on=[f"metadata.{_MADE_FROM}"],
            delete_first=True,  # its ports can be in one server at a time
            lasting=True,
        ),
        **_root_disk(place, environment, around.ids),
    )
    return BuiltServer(instance=instance, ports=ports)


def _before(given: Server, around: Surroundings) -> list[pulumi.Resource]:
    """A server asks its network for its set-up at once, and Nova looks its key up by name."""
    own = [around.networks[one.network] for one in given.networks if one.network in around.networks]
    ways = [way for network in own for way in network.way_out]
    return [*ways, *([around.keypairs[given.ssh_key]] if given.ssh_key else [])]


def _port(place: Place, given: Server, attached: ServerNetwork, around: Surroundings) -> openstack.networking.Port:
    address = {} if attached.address is None else {"ip_address": str(attached.address)}
    groups = [around.security_groups[name].id for name in given.security_groups]
    shared = around.shared_networks.get(attached.network)
    local = (given.name, attached.network)
    identity = (given.name, *shared.identity) if shared else local
    network_id, subnet_id = shared.ids if shared else around.networks[attached.network].ids
    return openstack.networking.Port(
        place.name(*identity),
        name=f"{given.name}-{attached.network}",
        description=place.mark("port", *identity),
        network_id=network_id,
        fixed_ips=[{"subnet_id": subnet_id, **address}],
        security_group_ids=groups or None,
        admin_state_up=True,
        tenant_id=place.project_id if shared else None,
        opts=place.deploying(shared.access, formerly=place.name(*local)) if shared else place.options(),
    )


def _root_disk(place: Place, environment: ServerEnvironment, ids: KnownIds) -> dict[str, object]:
    given = environment.server
    image = region_id(ids.images, "image", given.image)
    if given.boot_volume is None:
        return {"image_id": image}
    root = _root_volume(place, environment, given.boot_volume, image)
    return {
        "block_devices": [
            {
                "uuid": root.id,
                "source_type": "volume",
                "destination_type": "volume",
                "boot_index": 0,
                "delete_on_termination": False,  # it is a resource of its own
            }
        ]
    }


def _root_volume(
    place: Place, environment: ServerEnvironment, boot: BootVolume, image: pulumi.Input[str]
) -> openstack.blockstorage.Volume:
    """Its logical name says what it was made from: of another image there is another volume."""
    given = environment.server
    return openstack.blockstorage.Volume(
        place.name(given.name, "root", given.image),
        name=f"{given.name}-root",
        description=place.mark("root", given.name, given.image),
        size=boot.size_gib,
        volume_type=boot.tier,
        availability_zone=environment.volume_zone or None,
        volume_retype_policy="on-demand",
        enable_online_resize=True,
        image_id=image,
        opts=place.options(ignore=["imageId"], lasting=True),
    )
