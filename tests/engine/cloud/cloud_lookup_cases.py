"""Cases of the functions by name, as `networking/getNetwork`."""

from typing import Any

from cloud_lookup_case import NOBODY, LookupCase
from cloud_lookup_cases_services import SERVICE_CASES

_NOWHERE: dict[str, Any] = {"name": "nowhere"}

CASES: dict[str, LookupCase] = {
    "blockstorage/getAvailabilityZonesV3": LookupCase(found={}, shows={"names": ["nova"], "state": "available"}),
    "blockstorage/getQuotasetV3": LookupCase(
        found={"projectId": "@second project"}, shows={"volumes": 10, "perVolumeGigabytes": -1}, needs=("ssd",)
    ),
    "blockstorage/getSnapshotV3": LookupCase(
        found={"name": "look"}, shows={"size": 1, "status": "available", "volumeId": "@volume", "metadata": {"a": "1"}},
        nothing={"volumeId": NOBODY}, several={"volumeId": "@volume"}, needs=("ssd",),
    ),
    "blockstorage/getVolumeV3": LookupCase(
        found={"name": "ground", "volumeType": "ground-ssd"},
        shows={"id": "@volume", "size": 1, "bootable": "false", "sourceVolumeId": "", "attachments": []},
        nothing={"name": "ground", "volumeType": "other"}, several={}, needs=("ssd", "second volume"),
    ),
    "compute/getAggregateV2": LookupCase(
        found={"name": "ground"}, shows={"id": "@aggregate", "zone": "", "hosts": [], "metadata": {"a": "1"}},
        nothing=_NOWHERE,
    ),
    "compute/getAvailabilityZones": LookupCase(found={"state": "available"}, shows={"names": ["nova"]}),
    "compute/getFlavor": LookupCase(
        found={"name": "ground", "minRam": 64}, shows={"id": "@flavor", "ram": 64, "vcpus": 1, "disk": 1, "swap": 0,
        "rxTxFactor": 1, "isPublic": True, "extraSpecs": {}}, nothing={"name": "ground", "minDisk": 2},
        several={"ram": 64}, needs=("private flavor",),
    ),
    "compute/getHypervisorV2": LookupCase(
        found={"hostname": "cmp-north1"}, shows={"vcpus": 64, "memory": 262144, "disk": 4000, "state": "up"},
        nothing={"hostname": "nowhere"}, several={},
    ),
    "compute/getInstanceV2": LookupCase(
        found={"id": "@server"}, shows={"name": "ground", "flavorId": "@flavor", "flavorName": "ground",
        "imageId": "@image", "powerState": "active", "metadata": {}, "tags": [], "keyPair": ""},
        nothing={"id": NOBODY},
    ),
    "compute/getKeypair": LookupCase(
        found={"name": "ground"}, shows={"id": "ground", "userId": "@own user"}, nothing=_NOWHERE, needs=("keypair",)
    ),
    "compute/getLimitsV2": LookupCase(
        found={"projectId": "@second project"},
        shows={"maxTotalInstances": 10, "totalCoresUsed": 0, "maxTotalCores": 20},
    ),
    "compute/getQuotaSetV2": LookupCase(
        found={"projectId": "@second project"}, shows={"cores": 20, "serverGroupMembers": 10, "keyPairs": 100}
    ),
    "compute/getServergroupV2": LookupCase(
        found={"name": "ground"}, shows={"id": "@server group", "policies": ["anti-affinity"],
        "rules": [{"maxServerPerHost": 2}], "projectId": "@own project", "userId": "@own user"}, nothing=_NOWHERE,
    ),
    "identity/getAuthScope": LookupCase(
        found={"name": "me"}, shows={"userName": "admin", "projectId": "@own project", "tokenId": "", "domainId": ""}
    ),
    "identity/getEndpoint": LookupCase(
        found={"serviceType": "network"}, shows={"interface": "public", "endpointRegion": "RegionOne"},
        nothing={"serviceType": "nowhere"}, several={},
    ),
    "identity/getGroup": LookupCase(found={"name": "ground"}, shows={"id": "@group", "domainId": "default"},
                                    nothing=_NOWHERE),
    "identity/getProject": LookupCase(
        found={"name": "ground"}, shows={"id": "@project", "projectId": "@project", "enabled": True, "tags": []},
        nothing={"name": "ground", "enabled": False}, several={"domainId": "default"},
    ),
    "identity/getProjectIdsV3": LookupCase(
        found={"nameRegex": "^gr.und$", "domainId": "default"}, shows={"ids": ["@project"], "enabled": True}
    ),
    "identity/getRole": LookupCase(found={"name": "ground"}, shows={"id": "@role", "domainId": ""}, nothing=_NOWHERE,
                                   several={}),
    "identity/getService": LookupCase(
        found={"type": "compute"}, shows={"name": "nova", "enabled": True}, nothing={"type": "nowhere"},
        several={"enabled": True},
    ),
    "identity/getUser": LookupCase(
        found={"name": "ground"}, shows={"id": "@user", "enabled": True, "passwordExpiresAt": ""},
        nothing={"name": "ground", "enabled": False}, several={"domainId": "default"},
    ),
    "images/getImage": LookupCase(
        found={"nameRegex": "^ground(-s)?$", "sizeMin": 1, "mostRecent": True}, shows={"name": "ground-s",
        "id": "@shared image", "visibility": "shared", "sizeBytes": 32768, "hidden": False, "metadata": {}},
        nothing={"name": "ground", "diskFormat": "qcow2"}, several={"sizeMin": 1}, needs=("image", "shared image"),
    ),
    "images/getImageIds": LookupCase(
        found={"nameRegex": "^ground(-s)?$", "sort": "name:desc"}, shows={"ids": ["@shared image", "@image"]},
    ),
    "networking/getAddressScope": LookupCase(
        found={"name": "ground", "shared": False}, shows={"id": "@address scope", "ipVersion": 4},
        nothing={"name": "ground", "ipVersion": 6}, several={"ipVersion": 4}, needs=("second address scope",),
    ),
    "networking/getFloatingIp": LookupCase(
        found={"description": "ground"}, shows={"id": "@floating ip", "address": "@address", "pool": "@external",
        "allTags": []}, nothing={"address": "203.0.113.250"}, several={"pool": "@external"},
        needs=("external subnet", "second floating ip"),
    ),
    "networking/getNetwork": LookupCase(
        found={"name": "ground", "matchingSubnetCidr": "10.60.0.0/24"}, shows={"id": "@network", "external": False,
        "adminStateUp": "true", "shared": "false", "networkId": "@network", "dnsDomain": "", "transparentVlan": False},
        nothing=_NOWHERE, several={"external": False}, needs=("subnet", "second network"),
    ),
    "networking/getPort": LookupCase(
        found={"fixedIp": "10.60.0.50", "networkId": "@network"}, shows={"id": "@forwarded port",
        "allFixedIps": ["10.60.0.50"], "portId": "@forwarded port", "adminStateUp": True, "name": "ground-f"},
        nothing={"fixedIp": "10.60.0.251"}, several={"networkId": "@network"}, needs=("second port",),
    ),
    "networking/getPortIds": LookupCase(
        found={"name": "ground-f"}, shows={"ids": ["@forwarded port"]}
    ),
    "networking/getQosBandwidthLimitRule": LookupCase(
        found={"qosPolicyId": "@second qos policy", "maxKbps": 3000}, shows={"id": "@outward limit",
        "direction": "egress", "maxBurstKbps": 0}, nothing={"qosPolicyId": "@second qos policy", "maxKbps": 1},
        several={"qosPolicyId": "@second qos policy"}, needs=("inward limit",),
    ),
    "networking/getQosDscpMarkingRule": LookupCase(
        found={"qosPolicyId": "@second qos policy"}, shows={"dscpMark": 26},
        nothing={"qosPolicyId": "@second qos policy", "dscpMark": 10},
    ),
    "networking/getQosMinimumBandwidthRule": LookupCase(
        found={"qosPolicyId": "@second qos policy"}, shows={"minKbps": 100, "direction": "egress"},
        nothing={"qosPolicyId": "@second qos policy", "minKbps": 1},
    ),
    "networking/getQosPolicy": LookupCase(
        found={"name": "ground-2", "tags": ["a"]}, shows={"id": "@second qos policy", "allTags": ["a", "b"],
        "shared": False, "isDefault": False}, nothing={"name": "ground-2", "tags": ["c"]}, several={"shared": False},
        needs=("qos policy",),
    ),
    "networking/getQuotaV2": LookupCase(
        found={"projectId": "@second project"}, shows={"network": 100, "floatingip": 50, "projectId": "@second project"}
    ),
    "networking/getRouter": LookupCase(
        found={"name": "ground", "enableSnat": True}, shows={"id": "@router", "externalNetworkId": "@external",
        "routes": [], "externalQosPolicyId": ""}, nothing={"name": "ground", "enableSnat": False},
        several={"adminStateUp": True}, needs=("external subnet", "second router"),
    ),
    "networking/getSecGroup": LookupCase(
        found={"name": "ground", "stateful": True}, shows={"id": "@security group", "secgroupId": "@security group"},
        nothing=_NOWHERE, several={},
    ),
    "networking/getSegmentV2": LookupCase(
        found={"networkId": "@network"}, shows={"networkType": "vxlan", "networkId": "@network", "name": ""},
        nothing={"networkId": "@network", "networkType": "vlan"}, several={"networkType": "vxlan"},
        needs=("second network",),
    ),
    "networking/getSubnet": LookupCase(
        found={"cidr": "10.60.0.0/24", "dhcpEnabled": True}, shows={"id": "@subnet", "gatewayIp": "10.60.0.1",
        "enableDhcp": True, "hostRoutes": [], "allocationPools": [{"start": "10.60.0.100", "end": "10.60.0.199"}],
        "ipv6RaMode": "", "segmentId": ""}, nothing={"cidr": "10.60.0.0/24", "dhcpEnabled": False},
        several={"ipVersion": 4}, needs=("second subnet",),
    ),
    "networking/getSubnetIdsV2": LookupCase(
        found={"networkId": "@network", "nameRegex": "^ground", "sortKey": "name", "sortDirection": "desc"},
        shows={"ids": ["@second subnet", "@subnet"]},
    ),
    "networking/getSubnetPool": LookupCase(
        found={"name": "ground"}, shows={"id": "@subnet pool", "prefixes": ["10.90.0.0/16"], "defaultPrefixlen": 26,
        "minPrefixlen": 8, "addressScopeId": "", "isDefault": False}, nothing={"name": "ground", "ipVersion": 6},
    ),
    "networking/getTrunk": LookupCase(
        found={"portId": "@carrier"}, shows={"id": "@trunk", "adminStateUp": True, "subPorts": [
            {"portId": "@carried", "segmentationId": 7, "segmentationType": "vlan"}]},
        nothing={"portId": "@carried"}, several={"name": "ground"}, needs=("trunk", "second trunk"),
    ),
    **SERVICE_CASES,
}  # fmt: skip
