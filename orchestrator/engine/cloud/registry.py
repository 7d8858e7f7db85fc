"""Which types are carried out, and by what. A type without a line here is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.resources.access import FLAVOR_ACCESS, VOLUME_TYPE_ACCESS
from orchestrator.engine.cloud.resources.address_group import AddressGroup
from orchestrator.engine.cloud.resources.aggregate import Aggregate
from orchestrator.engine.cloud.resources.application_credential import ApplicationCredential
from orchestrator.engine.cloud.resources.dns.record_set import RecordSet
from orchestrator.engine.cloud.resources.dns.zone import Zone
from orchestrator.engine.cloud.resources.flavor import Flavor
from orchestrator.engine.cloud.resources.floating_ip import FloatingIp
from orchestrator.engine.cloud.resources.floating_ip_association import FloatingIpAssociation
from orchestrator.engine.cloud.resources.image import Image
from orchestrator.engine.cloud.resources.image_access import ImageAccess
from orchestrator.engine.cloud.resources.instance.handler import Instance
from orchestrator.engine.cloud.resources.interface_attachment import InterfaceAttachment
from orchestrator.engine.cloud.resources.keypair import Keypair
from orchestrator.engine.cloud.resources.loadbalancer.listener import Listener
from orchestrator.engine.cloud.resources.loadbalancer.load_balancer import LoadBalancer
from orchestrator.engine.cloud.resources.loadbalancer.member import Member
from orchestrator.engine.cloud.resources.loadbalancer.monitor import Monitor
from orchestrator.engine.cloud.resources.loadbalancer.pool import Pool
from orchestrator.engine.cloud.resources.objectstorage.container import Container
from orchestrator.engine.cloud.resources.policy_rule import PolicyRule
from orchestrator.engine.cloud.resources.port import Port
from orchestrator.engine.cloud.resources.port_forwarding import PortForwarding
from orchestrator.engine.cloud.resources.project import Project
from orchestrator.engine.cloud.resources.qos_association import QosAssociation
from orchestrator.engine.cloud.resources.quota import Quota
from orchestrator.engine.cloud.resources.rbac_policy import RbacPolicy
from orchestrator.engine.cloud.resources.role_assignment import RoleAssignment
from orchestrator.engine.cloud.resources.router import Router
from orchestrator.engine.cloud.resources.router_interface import RouterInterface
from orchestrator.engine.cloud.resources.router_route import RouterRoute
from orchestrator.engine.cloud.resources.security_group import SecurityGroup
from orchestrator.engine.cloud.resources.security_group_rule import SecurityGroupRule
from orchestrator.engine.cloud.resources.server_group import ServerGroup
from orchestrator.engine.cloud.resources.subnet import Subnet
from orchestrator.engine.cloud.resources.trunk import Trunk
from orchestrator.engine.cloud.resources.user import User
from orchestrator.engine.cloud.resources.user_membership import UserMembership
from orchestrator.engine.cloud.resources.volume import Volume
from orchestrator.engine.cloud.resources.volume_attachment import VolumeAttachment
from orchestrator.engine.cloud.resources.volume_qos import VolumeQos
from orchestrator.engine.cloud.resources.volume_type import VolumeType
from orchestrator.engine.cloud.schema import ResourceType, described
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Handler

HANDLERS: Final[Mapping[str, Handler]] = {
    "openstack:blockstorage/qosAssociationV3:QosAssociationV3": QosAssociation(),
    "openstack:blockstorage/qosV3:QosV3": VolumeQos(),
    "openstack:blockstorage/quoteSetV3:QuoteSetV3": Quota(),
    "openstack:blockstorage/volume:Volume": Volume(),
    "openstack:blockstorage/volumeTypeAccessV3:VolumeTypeAccessV3": VOLUME_TYPE_ACCESS,
    "openstack:blockstorage/volumeTypeV3:VolumeTypeV3": VolumeType(),
    "openstack:compute/aggregateV2:AggregateV2": Aggregate(),
    "openstack:compute/flavor:Flavor": Flavor(),
    "openstack:compute/flavorAccess:FlavorAccess": FLAVOR_ACCESS,
    "openstack:compute/instance:Instance": Instance(),
    "openstack:compute/interfaceAttach:InterfaceAttach": InterfaceAttachment(),
    "openstack:compute/keypair:Keypair": Keypair(),
    "openstack:compute/quotaSetV2:QuotaSetV2": Quota(),
    "openstack:compute/serverGroup:ServerGroup": ServerGroup(),
    "openstack:compute/volumeAttach:VolumeAttach": VolumeAttachment(),
    "openstack:identity/applicationCredential:ApplicationCredential": ApplicationCredential(),
    "openstack:dns/recordSet:RecordSet": RecordSet(),
    "openstack:dns/zone:Zone": Zone(),
    "openstack:identity/groupV3:GroupV3": Collection(),
    "openstack:identity/project:Project": Project(),
    "openstack:identity/role:Role": Collection(),
    "openstack:identity/roleAssignment:RoleAssignment": RoleAssignment(),
    "openstack:identity/user:User": User(),
    "openstack:identity/userMembershipV3:UserMembershipV3": UserMembership(),
    "openstack:images/image:Image": Image(),
    "openstack:images/imageAccess:ImageAccess": ImageAccess(),
    "openstack:loadbalancer/listener:Listener": Listener(),
    "openstack:loadbalancer/loadBalancer:LoadBalancer": LoadBalancer(),
    "openstack:loadbalancer/member:Member": Member(),
    "openstack:loadbalancer/monitor:Monitor": Monitor(),
    "openstack:loadbalancer/pool:Pool": Pool(),
    "openstack:loadbalancer/quota:Quota": Quota(),
    "openstack:networking/addressGroupV2:AddressGroupV2": AddressGroup(),
    "openstack:networking/addressScope:AddressScope": Collection(),
    "openstack:networking/floatingIp:FloatingIp": FloatingIp(),
    "openstack:networking/floatingIpAssociate:FloatingIpAssociate": FloatingIpAssociation(),
    "openstack:networking/network:Network": Collection(),
    "openstack:networking/port:Port": Port(),
    "openstack:networking/portForwardingV2:PortForwardingV2": PortForwarding(),
    "openstack:networking/qosBandwidthLimitRule:QosBandwidthLimitRule": PolicyRule(),
    "openstack:networking/qosPolicy:QosPolicy": Collection(),
    "openstack:networking/quotaV2:QuotaV2": Quota(),
    "openstack:networking/rbacPolicyV2:RbacPolicyV2": RbacPolicy(),
    "openstack:networking/router:Router": Router(),
    "openstack:networking/routerInterface:RouterInterface": RouterInterface(),
    "openstack:networking/routerRoute:RouterRoute": RouterRoute(),
    "openstack:networking/secGroup:SecGroup": SecurityGroup(),
    "openstack:networking/secGroupRule:SecGroupRule": SecurityGroupRule(),
    "openstack:networking/subnet:Subnet": Subnet(),
    "openstack:networking/subnetPool:SubnetPool": Collection(),
    "openstack:networking/trunk:Trunk": Trunk(),
    "openstack:objectstorage/container:Container": Container(),
}


def type_of(kind: str) -> ResourceType:
    """The description of a type that is carried out."""
    type_ = described(kind) if kind in HANDLERS else None
    if type_ is None:
        raise ProviderError(f"the type {kind} is not supported by the embedded engine")
    return type_
