"""Look-ups of networking: what lies in Neutron's collections."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.matching import holds, holds_any, named_like
from orchestrator.engine.cloud.lookups.member import Member
from orchestrator.engine.cloud.lookups.reading import each, flag, items, moment, number, ordered, spoken_moment
from orchestrator.engine.cloud.lookups.search import Ids, Search

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.engine.cloud.lookups.asked import Asked, Body

_COMMON: Final = {"name": "name", "description": "description"}
_TENANT: Final = {**_COMMON, "tenantId": "tenant_id"}
_PROJECT: Final = {**_COMMON, "projectId": "project_id"}
_FILTERED: Final = frozenset({"name", "tenantId", "projectId"})
_TAGS: Final = {"tags": holds("tags")}
_ALL_TAGS: Final = {"allTags": ordered("tags")}
_SORTED: Final = {"sortKey": "sort_key", "sortDirection": "sort_dir"}
_STAMPS: Final = {"createdAt": moment("created_at"), "updatedAt": moment("updated_at"),
                  "revisionNumber": number("revision_number")}  # fmt: skip
_ROUTES: Final = {"destinationCidr": "destination", "nextHop": "nexthop"}
_SEGMENT: Final = {"networkType": "provider:network_type", "physicalNetwork": "provider:physical_network",
                   "segmentationId": "provider:segmentation_id"}  # fmt: skip


def _with_ranges(asked: Asked, bodies: list[Body]) -> list[Body]:
    """Networks with the ranges of their subnets, where these are asked for."""
    cidr = asked.given.get("matchingSubnetCidr")
    if cidr is None:
        return bodies
    subnets = asked.service("network").all("subnets", "subnets", cidr=cidr, fields="network_id")
    matching = {subnet["network_id"] for subnet in subnets}
    return [{**body, "ranges": [cidr] if body["id"] in matching else []} for body in bodies]


def _said(key: str) -> Callable[[Body], str]:
    """A truth as a text: what the schema has for networks alone."""
    return lambda body: str(bool(body.get(key))).lower()


def _segments(body: Body) -> list[dict[str, Any]]:
    """One beside the network's own keys, several in a list; told to administrators only."""
    single = [body] if body.get("provider:network_type") else []
    return list(each("segments", _SEGMENT)({"segments": [*single, *(body.get("segments") or ())]}))


def _gateway(key: str) -> Callable[[Body], Any]:
    return lambda body: (body.get("external_gateway_info") or {}).get(key)


def _addresses(body: Body) -> list[str]:
    return [ip["ip_address"] for ip in body.get("fixed_ips") or ()]


def _has_address(body: Body, wanted: Any) -> bool:
    return wanted in _addresses(body)


def _bindings(body: Body) -> list[dict[str, Any]]:
    details = body.get("binding:vif_details") or {}
    return [
        {
            "hostId": body.get("binding:host_id") or "",
            "profile": json.dumps(body.get("binding:profile") or {}, separators=(",", ":")),
            "vifDetails": {key: item if isinstance(item, str) else json.dumps(item) for key, item in details.items()},
            "vifType": body.get("binding:vif_type") or "",
            "vnicType": body.get("binding:vnic_type") or "",
        }
    ]


def _pairs(body: Body) -> list[dict[str, str]]:
    """The port's own MAC address goes without saying."""
    return [
        {"ipAddress": pair["ip_address"],
         "macAddress": "" if pair["mac_address"] == body["mac_address"] else pair["mac_address"]}
        for pair in body.get("allowed_address_pairs") or ()
    ]  # fmt: skip


def _rule(kind: str, **parts: Any) -> Search:
    return Search(
        service="network",
        path="qos/policies/{qosPolicyId}/" + kind,
        many=kind,
        identity="{qosPolicyId}/{id}",
        **parts,
    )


NETWORK: Final = Search(
    service="network",
    path="networks",
    many="networks",
    keys={**_TENANT, "networkId": "id", "external": flag("router:external"), "mtu": number("mtu"),
          "status": "status", "transparentVlan": flag("vlan_transparent")},
    filters={**_TAGS, "matchingSubnetCidr": holds("ranges")},
    query=_FILTERED | {"networkId"},
    told={**_ALL_TAGS, "adminStateUp": _said("admin_state_up"), "shared": _said("shared"), "dnsDomain": "dns_domain",
          "subnets": items("subnets"), "availabilityZoneHints": items("availability_zone_hints"),
          "segments": _segments},
    extended=_with_ranges,
)  # fmt: skip
_SUBNETS: Final = Search(
    service="network",
    path="subnets",
    many="subnets",
    keys={**_TENANT, "networkId": "network_id", "cidr": "cidr", "ipVersion": "ip_version", "gatewayIp": "gateway_ip",
          "dhcpEnabled": flag("enable_dhcp"), "subnetpoolId": "subnetpool_id", "segmentId": "segment_id",
          "ipv6AddressMode": "ipv6_address_mode", "ipv6RaMode": "ipv6_ra_mode",
          "dnsPublishFixedIp": flag("dns_publish_fixed_ip")},
    filters=_TAGS,
    query=_FILTERED | {"networkId", "cidr"},
)  # fmt: skip
SUBNET: Final = replace(
    _SUBNETS,
    keys={**_SUBNETS.keys, "subnetId": "id"},
    query=_SUBNETS.query | {"subnetId"},
    told={**_ALL_TAGS, "enableDhcp": flag("enable_dhcp"), "dnsNameservers": items("dns_nameservers"),
          "serviceTypes": items("service_types"), "hostRoutes": each("host_routes", _ROUTES),
          "allocationPools": each("allocation_pools", {"start": "start", "end": "end"})},
)  # fmt: skip
SUBNET_IDS: Final = Ids(search=replace(_SUBNETS, filters={**_TAGS, "nameRegex": named_like}, sent=_SORTED))
SUBNET_POOL: Final = Search(
    service="network",
    path="subnetpools",
    many="subnetpools",
    keys={**_PROJECT, "addressScopeId": "address_scope_id", "ipVersion": number("ip_version"),
          "defaultPrefixlen": number("default_prefixlen"), "minPrefixlen": number("min_prefixlen"),
          "maxPrefixlen": number("max_prefixlen"), "defaultQuota": number("default_quota"),
          "isDefault": flag("is_default"), "shared": flag("shared")},
    filters=_TAGS,
    query=_FILTERED,
    told={**_ALL_TAGS, **_STAMPS, "prefixes": items("prefixes")},
)  # fmt: skip
ADDRESS_SCOPE: Final = Search(
    service="network",
    path="address-scopes",
    many="address_scopes",
    keys={"name": "name", "projectId": "project_id", "ipVersion": number("ip_version"), "shared": flag("shared")},
    query=_FILTERED,
)
SEGMENT: Final = Search(
    service="network",
    path="segments",
    many="segments",
    keys={**_COMMON, "segmentId": "id", "networkId": "network_id", "networkType": "network_type",
          "physicalNetwork": "physical_network", "segmentationId": number("segmentation_id"),
          "revisionNumber": number("revision_number")},
    query=frozenset({"segmentId", "networkId"}),
    told={"createdAt": spoken_moment("created_at"), "updatedAt": spoken_moment("updated_at")},
)  # fmt: skip
ROUTER: Final = Search(
    service="network",
    path="routers",
    many="routers",
    keys={**_TENANT, "routerId": "id", "adminStateUp": flag("admin_state_up"), "distributed": flag("distributed"),
          "status": "status", "enableSnat": lambda body: bool(_gateway("enable_snat")(body))},
    filters=_TAGS,
    query=_FILTERED | {"routerId"},
    told={**_ALL_TAGS, "routes": each("routes", _ROUTES), "externalNetworkId": _gateway("network_id"),
          "externalQosPolicyId": _gateway("qos_policy_id"), "availabilityZoneHints": items("availability_zone_hints"),
          "externalFixedIps": lambda body: each("ips", {"subnetId": "subnet_id", "ipAddress": "ip_address"})(
              {"ips": _gateway("external_fixed_ips")(body)})},
)  # fmt: skip
_PORTS: Final = Search(
    service="network",
    path="ports",
    many="ports",
    keys={**_TENANT, "projectId": "project_id", "networkId": "network_id", "adminStateUp": flag("admin_state_up"),
          "deviceId": "device_id", "deviceOwner": "device_owner", "macAddress": "mac_address",
          "dnsName": "dns_name", "status": "status"},
    filters={**_TAGS, "fixedIp": _has_address, "securityGroupIds": holds_any("security_groups")},
    query=_FILTERED | {"networkId", "deviceId", "macAddress"},
)  # fmt: skip
PORT: Final = replace(
    _PORTS,
    keys={**_PORTS.keys, "portId": "id"},
    query=_PORTS.query | {"portId"},
    told={**_ALL_TAGS, "allFixedIps": _addresses, "allSecurityGroupIds": ordered("security_groups"),
          "allowedAddressPairs": _pairs, "bindings": _bindings, "dnsAssignments": items("dns_assignment"),
          "extraDhcpOptions": each("extra_dhcp_opts", {"name": "opt_name", "value": "opt_value",
                                                       "ipVersion": "ip_version"})},
)  # fmt: skip
PORT_IDS: Final = Ids(search=replace(_PORTS, sent=_SORTED), between="")
FLOATING_IP: Final = Search(
    service="network",
    path="floatingips",
    many="floatingips",
    keys={"description": "description", "tenantId": "tenant_id", "address": "floating_ip_address",
          "fixedIp": "fixed_ip_address", "pool": "floating_network_id", "portId": "port_id", "status": "status"},
    filters=_TAGS,
    query=frozenset({"tenantId", "address", "pool", "portId"}),
    told={**_ALL_TAGS, "dnsDomain": "dns_domain", "dnsName": "dns_name"},
)  # fmt: skip
SECURITY_GROUP: Final = Search(
    service="network",
    path="security-groups",
    many="security_groups",
    keys={**_TENANT, "secgroupId": "id", "stateful": flag("stateful")},
    filters=_TAGS,
    query=_FILTERED | {"secgroupId"},
    told=_ALL_TAGS,
)
TRUNK: Final = Search(
    service="network",
    path="trunks",
    many="trunks",
    keys={**_PROJECT, "trunkId": "id", "portId": "port_id", "adminStateUp": flag("admin_state_up"),
          "status": "status"},
    filters=_TAGS,
    query=_FILTERED | {"trunkId", "portId"},
    told={**_ALL_TAGS, "subPorts": each("sub_ports", {"portId": "port_id", "segmentationId": "segmentation_id",
                                                      "segmentationType": "segmentation_type"})},
)  # fmt: skip
QOS_POLICY: Final = Search(
    service="network",
    path="qos/policies",
    many="policies",
    keys={**_PROJECT, "isDefault": flag("is_default"), "shared": flag("shared")},
    filters=_TAGS,
    query=_FILTERED,
    told={**_ALL_TAGS, **_STAMPS},
)
BANDWIDTH_LIMIT: Final = _rule(
    "bandwidth_limit_rules",
    keys={"maxKbps": number("max_kbps"), "maxBurstKbps": number("max_burst_kbps")},
    told={"direction": "direction"},
)
MINIMUM_BANDWIDTH: Final = _rule(
    "minimum_bandwidth_rules", keys={"minKbps": number("min_kbps"), "direction": "direction"}
)
DSCP_MARKING: Final = _rule("dscp_marking_rules", keys={"dscpMark": number("dscp_mark")})
QUOTA: Final = Member(
    service="network",
    path="quotas/{projectId}",
    within=("quota",),
    told={"floatingip": "floatingip", "network": "network", "port": "port", "rbacPolicy": "rbac_policy",
          "router": "router", "securityGroup": "security_group", "securityGroupRule": "security_group_rule",
          "subnet": "subnet", "subnetpool": "subnetpool"},
)  # fmt: skip
