"""For each type: inputs, a change in place, and what somebody else does to it behind its back.

`@name` stands for the id of an object in `GROUND`. A drift is a call on the service's own API, `{id}` being the
object's id and `{0}`, `{1}` the parts of a composed one; `shows` is the output that must tell it, None: it is gone.
"""

from dataclasses import dataclass, field
from typing import Any

OS = "openstack:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    kind: str
    inputs: dict[str, Any]
    drift: tuple[str, str, str, Any]
    shows: tuple[str, Any] | None = None
    change: dict[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


GROUND: dict[str, tuple[str, dict[str, Any]]] = {
    "project": (OS + "identity/project:Project", {"name": "ground"}),
    "user": (OS + "identity/user:User", {"name": "ground", "password": "ground"}),
    "group": (OS + "identity/groupV3:GroupV3", {"name": "ground"}),
    "role": (OS + "identity/role:Role", {"name": "ground"}),
    "flavor": (OS + "compute/flavor:Flavor", {"name": "ground", "ram": 64, "vcpus": 1, "disk": 1, "isPublic": True}),
    "larger flavor": (OS + "compute/flavor:Flavor",
                      {"name": "ground-l", "ram": 128, "vcpus": 2, "disk": 1, "isPublic": True}),
    "private flavor": (OS + "compute/flavor:Flavor",
                       {"name": "ground-p", "ram": 64, "vcpus": 1, "disk": 1, "isPublic": False}),
    "image": (OS + "images/image:Image", {"name": "ground", "containerFormat": "bare", "diskFormat": "raw",
                                          "localFilePath": "@file", "visibility": "public"}),
    "shared image": (OS + "images/image:Image", {"name": "ground-s", "containerFormat": "bare", "diskFormat": "raw",
                                                 "localFilePath": "@file", "visibility": "shared"}),
    "network": (OS + "networking/network:Network", {"name": "ground"}),
    "subnet": (OS + "networking/subnet:Subnet",
               {"name": "ground", "networkId": "@network", "cidr": "10.60.0.0/24"}),
    "second subnet": (OS + "networking/subnet:Subnet",
                      {"name": "ground-2", "networkId": "@network", "cidr": "10.60.1.0/24"}),
    "external": (OS + "networking/network:Network", {"name": "ground-ext", "external": True}),
    "external subnet": (OS + "networking/subnet:Subnet",
                        {"name": "ground-ext", "networkId": "@external", "cidr": "203.0.113.0/24"}),
    "router": (OS + "networking/router:Router", {"name": "ground", "externalNetworkId": "@external"}),
    "interface": (OS + "networking/routerInterface:RouterInterface", {"routerId": "@router", "subnetId": "@subnet"}),
    "security group": (OS + "networking/secGroup:SecGroup", {"name": "ground"}),
    "port": (OS + "networking/port:Port", {"name": "ground", "networkId": "@network",
                                           "fixedIps": [{"subnetId": "@subnet"}]}),
    "second port": (OS + "networking/port:Port", {"name": "ground-2", "networkId": "@network",
                                                  "fixedIps": [{"subnetId": "@subnet"}]}),
    "floating ip": (OS + "networking/floatingIp:FloatingIp", {"pool": "ground-ext", "description": "ground"}),
    "address scope": (OS + "networking/addressScope:AddressScope", {"name": "ground"}),
    "ssd": (OS + "blockstorage/volumeTypeV3:VolumeTypeV3",
            {"name": "ground-ssd", "extraSpecs": {"volume_backend_name": "ssd"}}),
    "volume type": (OS + "blockstorage/volumeTypeV3:VolumeTypeV3", {"name": "ground", "isPublic": False}),
    "volume qos": (OS + "blockstorage/qosV3:QosV3", {"name": "ground", "specs": {"a": "1"}}),
    "volume": (OS + "blockstorage/volume:Volume", {"name": "ground", "size": 1, "volumeType": "ground-ssd"}),
    "server": (OS + "compute/instance:Instance", {"name": "ground", "flavorId": "@flavor", "imageId": "@image",
                                                  "networks": [{"port": "@port"}]}),
}  # fmt: skip

PROJECT = Case(
    kind=OS + "identity/project:Project",
    inputs={"name": "case", "description": "d", "tags": ["a"]},
    change={"description": "e", "tags": ["a", "b"]},
    drift=("identity", "PATCH", "projects/{id}", {"project": {"description": "theirs"}}),
    shows=("description", "theirs"),
)
USER = Case(
    kind=OS + "identity/user:User",
    inputs={"name": "case", "password": "canary-1", "ignorePasswordExpiry": True, "extra": {"phone": "1"}},
    change={"password": "canary-2", "enabled": False},
    drift=("identity", "PATCH", "users/{id}", {"user": {"enabled": True}}),
    shows=("enabled", True),
)
GROUP = Case(
    kind=OS + "identity/groupV3:GroupV3",
    inputs={"name": "case", "description": "d"},
    change={"description": ""},
    drift=("identity", "PATCH", "groups/{id}", {"group": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
ROLE = Case(
    kind=OS + "identity/role:Role",
    inputs={"name": "case"},
    change={"name": "case-2"},
    drift=("identity", "PATCH", "roles/{id}", {"role": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
ROLE_OF_USER = Case(
    kind=OS + "identity/roleAssignment:RoleAssignment",
    inputs={"projectId": "@project", "userId": "@user", "roleId": "@role"},
    drift=("identity", "DELETE", "projects/{1}/users/{3}/roles/{4}", None),
)
ROLE_OF_GROUP = Case(
    kind=OS + "identity/roleAssignment:RoleAssignment",
    inputs={"domainId": "default", "groupId": "@group", "roleId": "@role"},
    drift=("identity", "DELETE", "domains/{0}/groups/{2}/roles/{4}", None),
)
MEMBERSHIP = Case(
    kind=OS + "identity/userMembershipV3:UserMembershipV3",
    inputs={"userId": "@user", "groupId": "@group"},
    drift=("identity", "DELETE", "groups/{1}/users/{0}", None),
)
COMPUTE_QUOTA = Case(
    kind=OS + "compute/quotaSetV2:QuotaSetV2",
    inputs={"projectId": "@project", "cores": 4, "ram": 4096},
    change={"cores": 8, "instances": 0},
    drift=("compute", "PUT", "os-quota-sets/{0}", {"quota_set": {"cores": 7}}),
    shows=("cores", 7),
)
VOLUME_QUOTA = Case(
    kind=OS + "blockstorage/quoteSetV3:QuoteSetV3",
    needs=("ssd",),
    inputs={
        "projectId": "@project",
        "volumes": 4,
        "volumeTypeQuota": {"volumes_ground-ssd": "3", "gigabytes_ground-ssd": "30"},
    },
    change={"volumes": 5, "volumeTypeQuota": {"volumes_ground-ssd": "4"}},
    drift=("block-storage", "PUT", "os-quota-sets/{0}", {"quota_set": {"volumes_ground-ssd": 9}}),
    shows=("volumeTypeQuota", {"volumes_ground-ssd": "9"}),
)
NETWORK_QUOTA = Case(
    kind=OS + "networking/quotaV2:QuotaV2",
    inputs={"projectId": "@project", "network": 4, "securityGroupRule": 7},
    change={"network": 8},
    drift=("network", "PUT", "quotas/{0}", {"quota": {"network": 9}}),
    shows=("network", 9),
)
FLAVOR = Case(
    kind=OS + "compute/flavor:Flavor",
    inputs={"name": "case", "ram": 64, "vcpus": 1, "disk": 1, "isPublic": False, "extraSpecs": {"a:b": "1", "c": "2"}},
    change={"extraSpecs": {"a:b": "2"}, "description": "d"},
    drift=("compute", "POST", "flavors/{id}/os-extra_specs", {"extra_specs": {"a:b": "9"}}),
    shows=("extraSpecs", {"a:b": "9"}),
)
FLAVOR_ACCESS = Case(
    kind=OS + "compute/flavorAccess:FlavorAccess",
    inputs={"flavorId": "@private flavor", "tenantId": "@project"},
    drift=("compute", "POST", "flavors/{0}/action", {"removeTenantAccess": {"tenant": "{1}"}}),
)
SERVER_GROUP = Case(
    kind=OS + "compute/serverGroup:ServerGroup",
    inputs={"name": "case", "policies": "anti-affinity", "rules": {"maxServerPerHost": 2}},
    drift=("compute", "DELETE", "os-server-groups/{id}", None),
)
KEYPAIR = Case(
    kind=OS + "compute/keypair:Keypair", inputs={"name": "case"}, drift=("compute", "DELETE", "os-keypairs/{id}", None)
)
AGGREGATE = Case(
    kind=OS + "compute/aggregateV2:AggregateV2",
    inputs={"name": "case", "zone": "case-zone", "metadata": {"a": "1", "b": "2"}, "hosts": ["cmp-south3"]},
    change={"metadata": {"b": "3"}, "hosts": [], "name": "case-2"},
    drift=("compute", "POST", "os-aggregates/{id}/action", {"set_metadata": {"metadata": {"b": "9"}}}),
    shows=("metadata", {"b": "9"}),
)
VOLUME_TYPE = Case(
    kind=OS + "blockstorage/volumeTypeV3:VolumeTypeV3",
    inputs={"name": "case", "isPublic": False, "extraSpecs": {"a": "1", "b": "2"}},
    change={"extraSpecs": {"b": "3"}, "description": "d", "name": "case-2"},
    drift=("block-storage", "PUT", "types/{id}", {"volume_type": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
VOLUME_TYPE_ACCESS = Case(
    kind=OS + "blockstorage/volumeTypeAccessV3:VolumeTypeAccessV3",
    inputs={"volumeTypeId": "@volume type", "projectId": "@project"},
    drift=("block-storage", "POST", "types/{0}/action", {"removeProjectAccess": {"project": "{1}"}}),
)
VOLUME_QOS = Case(
    kind=OS + "blockstorage/qosV3:QosV3",
    inputs={"name": "case", "consumer": "front-end", "specs": {"a": "1", "b": "2"}},
    change={"consumer": "both", "specs": {"b": "3"}},
    drift=("block-storage", "PUT", "qos-specs/{id}", {"qos_specs": {"b": "9"}}),
    shows=("specs", {"b": "9"}),
)
QOS_ASSOCIATION = Case(
    kind=OS + "blockstorage/qosAssociationV3:QosAssociationV3",
    inputs={"qosId": "@volume qos", "volumeTypeId": "@volume type"},
    drift=("block-storage", "GET", "qos-specs/{0}/disassociate_all", None),
)
VOLUME = Case(
    kind=OS + "blockstorage/volume:Volume",
    needs=("ssd",),
    inputs={"name": "case", "size": 1, "volumeType": "ground-ssd", "metadata": {"a": "1"}, "description": "d"},
    change={"size": 2, "metadata": {"b": "2"}, "name": "case-2"},
    drift=("block-storage", "PUT", "volumes/{id}", {"volume": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
IMAGE = Case(
    kind=OS + "images/image:Image",
    inputs={"name": "case", "containerFormat": "bare", "diskFormat": "raw", "localFilePath": "@file",
            "verifyChecksum": True, "properties": {"os_distro": "debian", "hw_x": "1"}, "tags": ["a"]},
    change={"properties": {"hw_x": "2", "new": "3"}, "tags": ["b"], "minRamMb": 32, "name": "case-2"},
    drift=("image", "PUT", "images/{id}/tags/theirs", None),
    shows=("tags", ["b", "theirs"]),
)  # fmt: skip
IMAGE_ACCESS = Case(
    kind=OS + "images/imageAccess:ImageAccess",
    inputs={"imageId": "@shared image", "memberId": "@project"},
    drift=("image", "DELETE", "images/{0}/members/{1}", None),
)
NETWORK = Case(
    kind=OS + "networking/network:Network",
    inputs={"name": "case", "tenantId": "@project", "tags": ["a"], "description": "d"},
    change={"name": "case-2", "tags": ["b"], "mtu": 1400},
    drift=("network", "PUT", "networks/{id}", {"network": {"mtu": 1300}}),
    shows=("mtu", 1300),
)
SUBNET = Case(
    kind=OS + "networking/subnet:Subnet",
    inputs={"name": "case", "networkId": "@network", "cidr": "10.61.0.0/24",
            "allocationPools": [{"start": "10.61.0.10", "end": "10.61.0.20"}]},
    change={"dnsNameservers": ["9.9.9.9"], "noGateway": True},
    drift=("network", "PUT", "subnets/{id}", {"subnet": {"dns_nameservers": ["1.1.1.1"]}}),
    shows=("dnsNameservers", ["1.1.1.1"]),
)  # fmt: skip
ROUTER = Case(
    kind=OS + "networking/router:Router",
    needs=("external subnet",),
    inputs={"name": "case", "tags": ["a"]},
    change={"externalNetworkId": "@external", "enableSnat": False, "tags": []},
    drift=("network", "PUT", "routers/{id}", {"router": {"external_gateway_info": {}}}),
    shows=("externalNetworkId", ""),
)
ROUTER_INTERFACE = Case(
    kind=OS + "networking/routerInterface:RouterInterface",
    inputs={"routerId": "@router", "subnetId": "@second subnet"},
    drift=("network", "PUT", "routers/@router/remove_router_interface", {"port_id": "{id}"}),
)
ROUTER_ROUTE = Case(
    kind=OS + "networking/routerRoute:RouterRoute",
    needs=("external subnet",),
    inputs={"routerId": "@router", "destinationCidr": "10.77.0.0/16", "nextHop": "203.0.113.77"},
    drift=("network", "PUT", "routers/@router", {"router": {"routes": []}}),
)
PORT = Case(
    kind=OS + "networking/port:Port",
    inputs={"name": "case", "networkId": "@network", "fixedIps": [{"subnetId": "@subnet"}], "tags": ["a"],
            "securityGroupIds": ["@security group"], "allowedAddressPairs": [{"ipAddress": "10.60.0.99"}],
            "extraDhcpOptions": [{"name": "mtu", "value": "1400"}], "binding": {"vnicType": "normal"}},
    change={"noSecurityGroups": True, "securityGroupIds": [], "name": "case-2", "allowedAddressPairs": [],
            "fixedIps": [{"subnetId": "@subnet", "ipAddress": "10.60.0.200"}]},
    drift=("network", "PUT", "ports/{id}", {"port": {"name": "theirs"}}),
    shows=("name", "theirs"),
)  # fmt: skip
SECURITY_GROUP = Case(
    kind=OS + "networking/secGroup:SecGroup",
    inputs={"name": "case", "deleteDefaultRules": True, "tags": ["a"]},
    change={"description": "d", "tags": ["a", "b"]},
    drift=("network", "PUT", "security-groups/{id}", {"security_group": {"description": "theirs"}}),
    shows=("description", "theirs"),
)
RULE = Case(
    kind=OS + "networking/secGroupRule:SecGroupRule",
    inputs={"securityGroupId": "@security group", "direction": "ingress", "ethertype": "IPv4", "protocol": "TCP",
            "portRangeMin": 22, "portRangeMax": "22", "remoteIpPrefix": "10.0.0.0/8", "description": "ssh"},
    drift=("network", "DELETE", "security-group-rules/{id}", None),
)  # fmt: skip
RULE_V6 = Case(
    kind=OS + "networking/secGroupRule:SecGroupRule",
    inputs={"securityGroupId": "@security group", "direction": "ingress", "ethertype": "IPv6",
            "remoteIpPrefix": "2001:DB8::/32"},
    drift=("network", "DELETE", "security-group-rules/{id}", None),
)  # fmt: skip
FLOATING_IP = Case(
    kind=OS + "networking/floatingIp:FloatingIp",
    needs=(
        "external subnet",
        "interface",
    ),
    inputs={"pool": "ground-ext", "description": "case", "tags": ["a"], "portId": "@second port"},
    change={"description": "case-2"},
    drift=("network", "PUT", "floatingips/{id}", {"floatingip": {"port_id": None}}),
    shows=("portId", ""),
)
ASSOCIATION = Case(
    kind=OS + "networking/floatingIpAssociate:FloatingIpAssociate",
    needs=(
        "external subnet",
        "interface",
    ),
    inputs={"floatingIp": "@address", "portId": "@port"},
    change={"portId": "@second port"},
    drift=("network", "PUT", "floatingips/{id}", {"floatingip": {"port_id": None}}),
)
RBAC = Case(
    kind=OS + "networking/rbacPolicyV2:RbacPolicyV2",
    inputs={"action": "access_as_shared", "objectId": "@network", "objectType": "network", "targetTenant": "@project"},
    change={"targetTenant": "@own project"},
    drift=("network", "PUT", "rbac-policies/{id}", {"rbac_policy": {"target_tenant": "@project"}}),
    shows=("targetTenant", "@project"),
)
QOS_POLICY = Case(
    kind=OS + "networking/qosPolicy:QosPolicy",
    inputs={"name": "case", "tags": ["a"]},
    change={"description": "d", "shared": True, "tags": ["b"]},
    drift=("network", "PUT", "qos/policies/{id}", {"policy": {"description": "theirs"}}),
    shows=("description", "theirs"),
)
ADDRESS_GROUP = Case(
    kind=OS + "networking/addressGroupV2:AddressGroupV2",
    inputs={"name": "case", "addresses": ["10.0.0.1/32", "10.0.0.2/32"]},
    change={"addresses": ["10.0.0.2/32", "10.0.0.3/32"], "description": "d"},
    drift=("network", "PUT", "address-groups/{id}/add_addresses", {"addresses": ["10.0.0.9/32"]}),
    shows=("addresses", ["10.0.0.2/32", "10.0.0.3/32", "10.0.0.9/32"]),
)
ADDRESS_SCOPE = Case(
    kind=OS + "networking/addressScope:AddressScope",
    inputs={"name": "case"},
    change={"name": "case-2"},
    drift=("network", "PUT", "address-scopes/{id}", {"address_scope": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
SUBNET_POOL = Case(
    kind=OS + "networking/subnetPool:SubnetPool",
    inputs={"name": "case", "prefixes": ["10.50.0.0/16"], "addressScopeId": "@address scope", "defaultPrefixlen": 26},
    change={"prefixes": ["10.50.0.0/15"], "description": "d", "defaultPrefixlen": 27},
    drift=("network", "PUT", "subnetpools/{id}", {"subnetpool": {"default_prefixlen": 25}}),
    shows=("defaultPrefixlen", 25),
)
SERVER = Case(
    kind=OS + "compute/instance:Instance",
    inputs={"name": "case", "flavorName": "ground", "imageName": "ground", "tags": ["a"], "metadata": {"a": "1"},
            "networks": [{"port": "@second port"}], "userData": "#!/bin/sh\necho hello\n"},
    change={"name": "case-2", "metadata": {"b": "2"}, "flavorId": "@larger flavor", "flavorName": "ground-l",
            "tags": ["b"], "powerState": "shutoff"},
    drift=("compute", "PUT", "servers/{id}", {"server": {"name": "theirs"}}),
    shows=("name", "theirs"),
)  # fmt: skip
INTERFACE = Case(
    kind=OS + "compute/interfaceAttach:InterfaceAttach",
    inputs={"instanceId": "@server", "portId": "@second port"},
    drift=("compute", "DELETE", "servers/{0}/os-interface/{1}", None),
)
VOLUME_ATTACHMENT = Case(
    kind=OS + "compute/volumeAttach:VolumeAttach",
    needs=("ssd",),
    inputs={"instanceId": "@server", "volumeId": "@volume"},
    drift=("compute", "DELETE", "servers/{0}/os-volume_attachments/{1}", None),
)
CASES: dict[str, Case] = {name: value for name, value in globals().items() if isinstance(value, Case)}
