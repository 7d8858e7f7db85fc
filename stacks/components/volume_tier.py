"""A volume tier: a Cinder type on its back end, with its limit of input and output where it has one."""

from __future__ import annotations

import pulumi_openstack as openstack

from orchestrator.model.catalogue import VolumeTier


def volume_tier(environment: VolumeTier) -> openstack.blockstorage.VolumeTypeV3:
    kind = openstack.blockstorage.VolumeTypeV3(
        environment.name,
        name=environment.name,
        description=environment.description,
        extra_specs={"volume_backend_name": environment.backend},
        is_public=True,
    )
    if environment.iops is not None:
        _limit(environment.name, environment.iops, kind)
    return kind


def _limit(name: str, iops: int, kind: openstack.blockstorage.VolumeTypeV3) -> None:
    qos = openstack.blockstorage.QosV3(
        name,
        name=name,
        consumer="front-end",  # the hypervisor counts; back ends know total_iops_sec by other names or not at all
        specs={"total_iops_sec": str(iops)},
    )
    openstack.blockstorage.QosAssociationV3(name, qos_id=qos.id, volume_type_id=kind.id)
