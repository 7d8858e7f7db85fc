"""Cases of the networking types."""

from cloud_case import OS, Case

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
BANDWIDTH_LIMIT = Case(
    kind=OS + "networking/qosBandwidthLimitRule:QosBandwidthLimitRule",
    inputs={"qosPolicyId": "@qos policy", "maxKbps": 3000, "maxBurstKbps": "300"},
    change={"maxKbps": 4000, "direction": "ingress", "maxBurstKbps": 0},
    drift=(
        "network",
        "PUT",
        "qos/policies/{0}/bandwidth_limit_rules/{1}",
        {"bandwidth_limit_rule": {"max_kbps": 5000}},
    ),
    shows=("maxKbps", 5000),
)
PORT_FORWARDING = Case(
    kind=OS + "networking/portForwardingV2:PortForwardingV2",
    needs=("external subnet", "interface"),
    inputs={"floatingipId": "@floating ip", "protocol": "tcp", "externalPort": 2222, "internalPort": 22,
            "internalPortId": "@forwarded port", "internalIpAddress": "10.60.0.50", "description": "ssh"},
    change={"externalPort": 2223, "internalPort": 2022, "description": "d"},
    drift=("network", "PUT", "floatingips/@floating ip/port_forwardings/{id}",
           {"port_forwarding": {"external_port": 9999}}),
    shows=("externalPort", 9999),
)  # fmt: skip
TRUNK = Case(
    kind=OS + "networking/trunk:Trunk",
    inputs={"name": "case", "portId": "@trunk port", "tags": ["a"],
            "subPorts": [{"portId": "@second port", "segmentationId": 7, "segmentationType": "vlan"}]},
    change={"name": "case-2", "description": "d", "tags": ["b"], "adminStateUp": False,
            "subPorts": [{"portId": "@second port", "segmentationId": 8, "segmentationType": "vlan"},
                         {"portId": "@forwarded port", "segmentationId": 9, "segmentationType": "vlan"}]},
    drift=("network", "PUT", "trunks/{id}", {"trunk": {"admin_state_up": True}}),
    shows=("adminStateUp", True),
)  # fmt: skip
TRUNK_THAT_IS_DOWN = Case(
    kind=OS + "networking/trunk:Trunk",
    inputs={"name": "case", "portId": "@trunk port", "adminStateUp": False},
    change={"subPorts": [{"portId": "@second port", "segmentationId": 7, "segmentationType": "vlan"}]},
    drift=("network", "PUT", "trunks/{id}", {"trunk": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
