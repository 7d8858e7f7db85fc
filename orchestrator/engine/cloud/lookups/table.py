"""Which functions are carried out, and by what. A function without a line here is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.lookups import blockstorage, compute, dns, identity, images, loadbalancer, networking
from orchestrator.engine.cloud.lookups.auth_scope import AUTH_SCOPE
from orchestrator.engine.cloud.lookups.instance import INSTANCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.lookups.asked import Lookup

FUNCTIONS: Final[Mapping[str, Lookup]] = {
    "openstack:blockstorage/getAvailabilityZonesV3:getAvailabilityZonesV3": blockstorage.ZONES,
    "openstack:blockstorage/getQuotasetV3:getQuotasetV3": blockstorage.QUOTA,
    "openstack:blockstorage/getSnapshotV3:getSnapshotV3": blockstorage.SNAPSHOT,
    "openstack:blockstorage/getVolumeV3:getVolumeV3": blockstorage.VOLUME,
    "openstack:compute/getAggregateV2:getAggregateV2": compute.AGGREGATE,
    "openstack:compute/getAvailabilityZones:getAvailabilityZones": compute.ZONES,
    "openstack:compute/getFlavor:getFlavor": compute.FLAVOR,
    "openstack:compute/getHypervisorV2:getHypervisorV2": compute.HYPERVISOR,
    "openstack:compute/getInstanceV2:getInstanceV2": INSTANCE,
    "openstack:compute/getKeypair:getKeypair": compute.KEYPAIR,
    "openstack:compute/getLimitsV2:getLimitsV2": compute.LIMITS,
    "openstack:compute/getQuotaSetV2:getQuotaSetV2": compute.QUOTA,
    "openstack:compute/getServergroupV2:getServergroupV2": compute.SERVER_GROUP,
    "openstack:dns/getDnsZone:getDnsZone": dns.ZONE,
    "openstack:identity/getAuthScope:getAuthScope": AUTH_SCOPE,
    "openstack:identity/getEndpoint:getEndpoint": identity.ENDPOINT,
    "openstack:identity/getGroup:getGroup": identity.GROUP,
    "openstack:identity/getProject:getProject": identity.PROJECT,
    "openstack:identity/getProjectIdsV3:getProjectIdsV3": identity.PROJECT_IDS,
    "openstack:identity/getRole:getRole": identity.ROLE,
    "openstack:identity/getService:getService": identity.SERVICE,
    "openstack:identity/getUser:getUser": identity.USER,
    "openstack:images/getImage:getImage": images.IMAGE,
    "openstack:images/getImageIds:getImageIds": images.IMAGE_IDS,
    "openstack:loadbalancer/getFlavorV2:getFlavorV2": loadbalancer.FLAVOR,
    "openstack:loadbalancer/getFlavorprofileV2:getFlavorprofileV2": loadbalancer.FLAVOR_PROFILE,
    "openstack:loadbalancer/getLbFlavorDeprecated:getLbFlavorDeprecated": loadbalancer.FLAVOR,
    "openstack:loadbalancer/getListenerV2:getListenerV2": loadbalancer.LISTENER,
    "openstack:loadbalancer/getLoadbalancerV2:getLoadbalancerV2": loadbalancer.LOAD_BALANCER,
    "openstack:loadbalancer/getPoolV2:getPoolV2": loadbalancer.POOL,
    "openstack:networking/getAddressScope:getAddressScope": networking.ADDRESS_SCOPE,
    "openstack:networking/getFloatingIp:getFloatingIp": networking.FLOATING_IP,
    "openstack:networking/getNetwork:getNetwork": networking.NETWORK,
    "openstack:networking/getPort:getPort": networking.PORT,
    "openstack:networking/getPortIds:getPortIds": networking.PORT_IDS,
    "openstack:networking/getQosBandwidthLimitRule:getQosBandwidthLimitRule": networking.BANDWIDTH_LIMIT,
    "openstack:networking/getQosDscpMarkingRule:getQosDscpMarkingRule": networking.DSCP_MARKING,
    "openstack:networking/getQosMinimumBandwidthRule:getQosMinimumBandwidthRule": networking.MINIMUM_BANDWIDTH,
    "openstack:networking/getQosPolicy:getQosPolicy": networking.QOS_POLICY,
    "openstack:networking/getQuotaV2:getQuotaV2": networking.QUOTA,
    "openstack:networking/getRouter:getRouter": networking.ROUTER,
    "openstack:networking/getSecGroup:getSecGroup": networking.SECURITY_GROUP,
    "openstack:networking/getSegmentV2:getSegmentV2": networking.SEGMENT,
    "openstack:networking/getSubnet:getSubnet": networking.SUBNET,
    "openstack:networking/getSubnetIdsV2:getSubnetIdsV2": networking.SUBNET_IDS,
    "openstack:networking/getSubnetPool:getSubnetPool": networking.SUBNET_POOL,
    "openstack:networking/getTrunk:getTrunk": networking.TRUNK,
}
