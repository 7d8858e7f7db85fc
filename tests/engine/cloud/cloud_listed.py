"""What a list tells of an object must equal what its own read tells, for every type that a list tells of."""

from threading import Event
from typing import Any

from orchestrator.engine.fleet.lists import NotListed
from orchestrator.engine.fleet.provider import Fleet, FleetProvider
from orchestrator.engine.fleet.session import Unlisted
from orchestrator.engine.fleet.tally import Tally

LISTED = frozenset(
    f"openstack:{service}/{name[0].lower()}{name[1:]}:{name}"
    for service, names in {
        "blockstorage": "QosV3 Volume VolumeTypeV3",
        "compute": "AggregateV2 Flavor Instance InterfaceAttach ServerGroup VolumeAttach",
        "identity": "GroupV3 Project Role RoleAssignment User",
        "images": "Image",
        "networking": "AddressGroupV2 AddressScope FloatingIp FloatingIpAssociate Network Port QosPolicy QuotaV2 "
        "RbacPolicyV2 Router RouterInterface RouterRoute SecGroup SecGroupRule Subnet SubnetPool",
    }.items()
    for name in names.split()
)
"""The types that fleets are made of: each must be answered by a list. Others may be, or are read by themselves."""


def check_listed(ground: Any, environment: dict[str, str], kind: str, id_: str, recorded: Any) -> None:
    """Read the object again both ways, from the same record."""
    read = ground.session.read(kind, id_, recorded.inputs, recorded.outputs)
    fleet = Fleet(ground.provider, [kind], Event())
    session = FleetProvider(fleet, Tally(), Unlisted.READ).session({}, environment)
    try:
        listed = session._listed.read(kind, id_, recorded.inputs, recorded.outputs)
    except NotListed:
        assert kind not in LISTED
        return
    assert listed is not None
    assert listed.outputs == read.outputs
    assert listed.inputs == read.inputs
