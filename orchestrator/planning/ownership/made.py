"""Fields of the kinds that stacks make."""

from __future__ import annotations

from typing import Final

from orchestrator.model.drift import SPECS_SAY, Owner
from orchestrator.planning.ownership.rule import (
    CLOUD,
    ENGINE,
    LIFE,
    ONCE,
    TWICE,
    UNTOLD,
    FieldRule,
    Ownership,
    kind,
)

_POWER: Final = "members stop and start their servers; a suspended tenant's stay off"
_REBUILT: Final = "who rebuilds a server from another image keeps its name, ports and flavor"
_NOTED: Final = "put back, it would replace the server; what it was made from is decided once"
_NO_SHRINKING: Final = "Cinder does not shrink: write the size that it has into the spec and apply, or copy the data"
_BY_WHOM: Final = "attach or detach by hand: put back from here it would replace the server"
_FIREWALL: Final = "what a security group lets through is reviewed: one rule more opens it"
_ADMISSION: Final = "who may enter a project stands in the spec: one role more admits somebody"
_LENT: Final = "who else may use a network is agreed by both members: one opening more lets somebody in"
_OPEN: Final = "turned off or on, it changes who reaches the network, whatever the spec says of it"
_ADDRESS: Final = "Neutron moves no address of a port in use: detach it, or write the address into the spec"
_AGREED: Final = "who else may use a container is agreed by both members, and stands in their specs"

MADE: Final[tuple[Ownership, ...]] = (
    kind("blockstorage/qosAssociationV3:QosAssociationV3", "qosId volumeTypeId"),
    kind("blockstorage/qosV3:QosV3", "consumer name", guarded={SPECS_SAY: "specs"}),
    kind(
        "blockstorage/quoteSetV3:QuoteSetV3",
        "backupGigabytes backups gigabytes groups perVolumeGigabytes projectId snapshots volumes",
        maps="volumeTypeQuota",
    ),
    kind(
        "blockstorage/volume:Volume",
        "description name volumeType",
        maps="metadata",
        by_hand={_NO_SHRINKING: "size"},
        ignored={
            ONCE: "availabilityZone backupId consistencyGroupId imageId snapshotId sourceReplica sourceVolId",
            ENGINE: "enableOnlineResize schedulerHints volumeRetypePolicy",
            TWICE: "attachments",
        },
    ),
    kind("blockstorage/volumeTypeV3:VolumeTypeV3", "description isPublic name", guarded={SPECS_SAY: "extraSpecs"}),
    kind("compute/aggregateV2:AggregateV2", "name zone", guarded={SPECS_SAY: "hosts"}, maps="metadata"),
    kind(
        "compute/flavor:Flavor",
        "description disk ephemeral flavorId isPublic name ram rxTxFactor swap vcpus",
        guarded={SPECS_SAY: "extraSpecs"},
    ),
    kind(
        "compute/instance:Instance",
        "flavorId flavorName name tags",
        theirs={_REBUILT: "imageId imageName", "the operator moves servers between hosts": "hypervisorHostname"},
        by_hand={_BY_WHOM: "networks"},
        ignored={
            TWICE: "accessIpV4 accessIpV6 allTags securityGroups",
            LIFE: "created updated",
            ONCE: "availabilityZone availabilityZoneHints blockDevices configDrive keyPair networkMode personalities",
            UNTOLD: "adminPass metadata userData",
            ENGINE: "forceDelete schedulerHints stopBeforeDestroy vendorOptions",
        },
        special={
            "powerState": FieldRule(owner=Owner.OURS, reason=_POWER, only="shutoff"),
            "allMetadata": FieldRule(owner=Owner.OURS, reason=SPECS_SAY, by_key=True, tells="metadata"),
            "metadata.mutualis_image": FieldRule(owner=Owner.THEIRS, reason=_NOTED),
        },
    ),
    kind(
        "compute/keypair:Keypair",
        "name publicKey",
        ignored={CLOUD: "fingerprint userId", UNTOLD: "privateKey valueSpecs"},
    ),
    kind(
        "compute/quotaSetV2:QuotaSetV2",
        "cores fixedIps floatingIps injectedFileContentBytes injectedFilePathBytes injectedFiles instances keyPairs "
        "metadataItems projectId ram securityGroupRules securityGroups serverGroupMembers serverGroups",
    ),
    kind("compute/serverGroup:ServerGroup", "name policies rules", ignored={TWICE: "members", UNTOLD: "valueSpecs"}),
    kind(
        "compute/volumeAttach:VolumeAttach",
        "instanceId volumeId",
        ignored={CLOUD: "device", UNTOLD: "multiattach tag", ENGINE: "vendorOptions"},
    ),
    kind("identity/groupV3:GroupV3", "description domainId name"),
    kind(
        "identity/project:Project", "description domainId enabled isDomain name parentId", guarded={SPECS_SAY: "tags"}
    ),
    kind(
        "identity/roleAssignment:RoleAssignment",
        "domainId groupId projectId roleId userId",
        part_of="identity/project:Project",
        part_reason=_ADMISSION,
    ),
    kind(
        "images/image:Image",
        "containerFormat diskFormat hidden minDiskGb minRamMb name protected tags visibility",
        maps="properties",
        by_hand={
            "an image that is not active makes no server: activate it (`openstack image set --activate`)": "status",
            "another content under the same id: see who could write to Glance's store": "checksum sizeBytes",
        },
        ignored={
            ENGINE: "decompress imageCachePath localFilePath verifyChecksum webDownload",
            UNTOLD: "imageSourcePassword imageSourceUrl imageSourceUsername",
            ONCE: "imageId",
            TWICE: "metadata",
            CLOUD: "createdAt file owner schema updatedAt",
        },
    ),
    kind(
        "networking/floatingIp:FloatingIp",
        "address description dnsDomain dnsName fixedIp pool portId tags tenantId",
        ignored={TWICE: "allTags", UNTOLD: "subnetId subnetIds valueSpecs"},
    ),
    kind(
        "networking/network:Network",
        "adminStateUp description dnsDomain mtu name qosPolicyId tags tenantId transparentVlan",
        guarded={_OPEN: "external portSecurityEnabled shared"},
        ignored={
            "Neutron tells a network of one segment back without it": "segments",
            ONCE: "availabilityZoneHints",
            TWICE: "allTags",
            UNTOLD: "valueSpecs",
        },
    ),
    kind(
        "networking/port:Port",
        "adminStateUp description dnsName macAddress name networkId qosPolicyId tags tenantId",
        guarded={_OPEN: "portSecurityEnabled"},
        theirs={"members let two servers share an address": "allowedAddressPairs", CLOUD: "extraDhcpOptions"},
        ignored={
            "Nova binds the port when its server starts": "binding deviceId deviceOwner",
            TWICE: "allTags",
            CLOUD: "dnsAssignments",
            UNTOLD: "fixedIps noFixedIp noSecurityGroups securityGroupIds valueSpecs",
        },
        special={
            "allSecurityGroupIds": FieldRule(owner=Owner.OURS, reason=SPECS_SAY, tells="securityGroupIds"),
            "allFixedIps": FieldRule(owner=Owner.OURS, reason=SPECS_SAY, by_hand=_ADDRESS, tells="fixedIps"),
        },
    ),
    kind(
        "networking/quotaV2:QuotaV2",
        "floatingip network port projectId rbacPolicy router securityGroup securityGroupRule subnet subnetpool",
    ),
    kind(
        "networking/rbacPolicyV2:RbacPolicyV2",
        "action objectId objectType targetTenant",
        ignored={CLOUD: "projectId"},
        part_of="networking/network:Network",
        part_reason=_LENT,
    ),
    kind(
        "networking/router:Router",
        "adminStateUp description enableSnat externalFixedIps externalNetworkId name tags tenantId",
        ignored={
            "Neutron tells it to administrators alone": "distributed",
            ONCE: "availabilityZoneHints",
            TWICE: "allTags",
            UNTOLD: "externalQosPolicyId externalSubnetIds valueSpecs",
            ENGINE: "vendorOptions",
        },
    ),
    kind("networking/routerInterface:RouterInterface", "portId routerId subnetId", ignored={ENGINE: "forceDestroy"}),
    kind(
        "networking/secGroup:SecGroup",
        "description name tags tenantId",
        guarded={"without states, answers to what a server asked need rules of their own": "stateful"},
        ignored={TWICE: "allTags", ENGINE: "deleteDefaultRules"},
    ),
    kind(
        "networking/secGroupRule:SecGroupRule",
        "description direction ethertype portRangeMax portRangeMin protocol remoteAddressGroupId remoteGroupId "
        "remoteIpPrefix securityGroupId tenantId",
        part_of="networking/secGroup:SecGroup",
        part_reason=_FIREWALL,
    ),
    kind(
        "networking/subnet:Subnet",
        "allocationPools cidr description dnsNameservers dnsPublishFixedIp enableDhcp gatewayIp ipVersion "
        "ipv6AddressMode ipv6RaMode name networkId segmentId serviceTypes subnetpoolId tags tenantId",
        ignored={ENGINE: "noGateway", ONCE: "prefixLength", TWICE: "allTags", UNTOLD: "valueSpecs"},
    ),
    kind(
        "objectstorage/container:Container",
        "name storageClass storagePolicy versioning versioningLegacy",
        maps="metadata",
        ignored={UNTOLD: "containerSyncKey containerSyncTo contentType", ENGINE: "forceDestroy"},
        special=dict.fromkeys(("containerRead", "containerWrite"), FieldRule(owner=Owner.OURS, reason=_AGREED)),
    ),
)
