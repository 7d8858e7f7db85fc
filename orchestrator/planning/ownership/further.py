"""Fields of the kinds that the engine carries out and no stack of ours makes: an operator's own program may."""

from __future__ import annotations

from typing import Final

from orchestrator.model.drift import SPECS_SAY
from orchestrator.planning.ownership.rule import CLOUD, ENGINE, LIFE, TWICE, UNTOLD, Ownership, kind

_IMPLIED: Final = "Keystone adds the roles that a role implies"
_POOLS: Final = "Octavia does not say by which of the two a pool was made"

FURTHER: Final[tuple[Ownership, ...]] = (
    kind("blockstorage/volumeTypeAccessV3:VolumeTypeAccessV3", "projectId volumeTypeId"),
    kind("compute/flavorAccess:FlavorAccess", "flavorId tenantId"),
    kind("compute/interfaceAttach:InterfaceAttach", "fixedIp instanceId networkId portId"),
    kind(
        "dns/recordSet:RecordSet",
        "description name projectId records ttl type zoneId",
        ignored={ENGINE: "disableStatusCheck", UNTOLD: "valueSpecs"},
    ),
    kind(
        "dns/zone:Zone",
        "attributes description email masters name projectId ttl type",
        ignored={ENGINE: "disableStatusCheck", UNTOLD: "valueSpecs"},
    ),
    kind(
        "identity/applicationCredential:ApplicationCredential",
        "accessRules description expiresAt name unrestricted",
        ignored={_IMPLIED: "roles", UNTOLD: "secret", CLOUD: "projectId"},
    ),
    kind("identity/role:Role", "domainId name"),
    kind(
        "identity/user:User",
        "defaultProjectId description domainId multiFactorAuthRules name",
        maps="extra",
        guarded={SPECS_SAY: "enabled"},
        ignored={
            UNTOLD: "ignoreChangePasswordUponFirstUse ignoreLockoutFailureAttempts ignorePasswordExpiry "
            "multiFactorAuthEnabled password"
        },
    ),
    kind("identity/userMembershipV3:UserMembershipV3", "groupId userId"),
    kind(
        "images/imageAccess:ImageAccess",
        "imageId memberId",
        theirs={"who is given an image takes it or leaves it": "status"},
        ignored={CLOUD: "createdAt schema updatedAt"},
    ),
    kind(
        "loadbalancer/listener:Listener",
        "adminStateUp allowedCidrs alpnProtocols clientAuthentication clientCaTlsContainerRef clientCrlContainerRef "
        "connectionLimit defaultPoolId defaultTlsContainerRef description hstsIncludeSubdomains hstsMaxAge hstsPreload "
        "insertHeaders loadbalancerId name protocol protocolPort sniContainerRefs tags tenantId timeoutClientData "
        "timeoutMemberConnect timeoutMemberData timeoutTcpInspect tlsCiphers tlsVersions",
    ),
    kind(
        "loadbalancer/loadBalancer:LoadBalancer",
        "adminStateUp availabilityZone description flavorId loadbalancerProvider name securityGroupIds tags tenantId "
        "vipAddress vipNetworkId vipPortId vipQosPolicyId vipSubnetId",
    ),
    kind(
        "loadbalancer/member:Member",
        "address adminStateUp backup monitorAddress monitorPort name protocolPort subnetId tags tenantId weight",
        ignored={UNTOLD: "poolId"},
    ),
    kind(
        "loadbalancer/monitor:Monitor",
        "adminStateUp delay domainName expectedCodes httpMethod httpVersion maxRetries maxRetriesDown name poolId "
        "tenantId timeout type urlPath",
    ),
    kind(
        "loadbalancer/pool:Pool",
        "adminStateUp alpnProtocols caTlsContainerRef crlContainerRef description lbMethod name persistence protocol "
        "tags tenantId tlsCiphers tlsContainerRef tlsEnabled tlsVersions",
        ignored={_POOLS: "listenerId loadbalancerId"},
    ),
    kind("loadbalancer/quota:Quota", "healthMonitor l7Policy l7Rule listener loadbalancer member pool projectId"),
    kind("networking/addressGroupV2:AddressGroupV2", "description name projectId", guarded={SPECS_SAY: "addresses"}),
    kind("networking/addressScope:AddressScope", "ipVersion name projectId shared"),
    kind("networking/floatingIpAssociate:FloatingIpAssociate", "fixedIp floatingIp portId"),
    kind(
        "networking/portForwardingV2:PortForwardingV2",
        "description externalPort floatingipId internalIpAddress internalPort internalPortId protocol",
    ),
    kind("networking/qosBandwidthLimitRule:QosBandwidthLimitRule", "direction maxBurstKbps maxKbps qosPolicyId"),
    kind(
        "networking/qosPolicy:QosPolicy",
        "description isDefault name projectId shared tags",
        ignored={TWICE: "allTags", LIFE: "createdAt revisionNumber updatedAt", UNTOLD: "valueSpecs"},
    ),
    kind("networking/routerRoute:RouterRoute", "destinationCidr nextHop routerId"),
    kind(
        "networking/subnetPool:SubnetPool",
        "addressScopeId defaultPrefixlen defaultQuota description ipVersion isDefault maxPrefixlen minPrefixlen name "
        "prefixes projectId shared tags",
        ignored={TWICE: "allTags", LIFE: "createdAt revisionNumber updatedAt", UNTOLD: "valueSpecs"},
    ),
    kind(
        "networking/trunk:Trunk",
        "adminStateUp description name portId subPorts tags tenantId",
        ignored={TWICE: "allTags"},
    ),
)
