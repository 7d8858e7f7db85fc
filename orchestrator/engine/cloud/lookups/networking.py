"""Look-ups of networks, subnets, routers and security groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.search import Search

if TYPE_CHECKING:
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

Body = dict[str, Any]
_COMMON: Final = {"name": "name", "description": "description", "tenantId": "tenant_id"}
_FILTERED: Final = frozenset({"name", "tenantId"})


def _tagged(action: Action, bodies: list[Body], arguments: Properties) -> list[Body]:  # noqa: ARG001 (one signature)
    wanted = set(arguments.get("tags") or ())
    return [body for body in bodies if wanted <= set(body.get("tags") or ())]


def _networks(action: Action, bodies: list[Body], arguments: Properties) -> list[Body]:
    found = _tagged(action, bodies, arguments)
    cidr = arguments.get("matchingSubnetCidr")
    if not cidr:
        return found
    subnets = action.service().all("subnets", "subnets", cidr=cidr, fields="network_id")
    matching = {subnet["network_id"] for subnet in subnets}
    return [body for body in found if body["id"] in matching]


def _network(action: Action, body: Body) -> Body:  # noqa: ARG001 (one signature)
    return {
        "status": body["status"],
        "subnets": body["subnets"],
        "adminStateUp": str(body["admin_state_up"]).lower(),  # text in this one place of the schema
        "shared": str(body["shared"]).lower(),
        "allTags": sorted(body.get("tags") or ()),
    }


def _subnet(action: Action, body: Body) -> Body:  # noqa: ARG001 (one signature)
    routes = [{"destinationCidr": route["destination"], "nextHop": route["nexthop"]} for route in body["host_routes"]]
    return {"hostRoutes": routes, "dhcpEnabled": body["enable_dhcp"], "allTags": sorted(body.get("tags") or ())}


def _router(action: Action, body: Body) -> Body:  # noqa: ARG001 (one signature)
    routes = [{"destinationCidr": route["destination"], "nextHop": route["nexthop"]} for route in body["routes"]]
    return {"status": body["status"], "routes": routes}


NETWORK: Final = Search(
    kind="openstack:networking/network:Network",
    keys={**_COMMON, "networkId": "id", "external": "router:external", "mtu": "mtu", "status": "status",
          "transparentVlan": "vlan_transparent"},
    query=_FILTERED | {"networkId"},
    own_id="networkId",
    narrow=_networks,
    told=_network,
)  # fmt: skip
SUBNET: Final = Search(
    kind="openstack:networking/subnet:Subnet",
    keys={**_COMMON, "subnetId": "id", "networkId": "network_id", "cidr": "cidr", "ipVersion": "ip_version",
          "gatewayIp": "gateway_ip", "dhcpEnabled": "enable_dhcp", "subnetpoolId": "subnetpool_id",
          "ipv6AddressMode": "ipv6_address_mode", "ipv6RaMode": "ipv6_ra_mode", "segmentId": "segment_id",
          "dnsPublishFixedIp": "dns_publish_fixed_ip"},
    query=_FILTERED | {"networkId", "subnetId", "cidr"},
    own_id="subnetId",
    narrow=_tagged,
    told=_subnet,
)  # fmt: skip
ROUTER: Final = Search(
    kind="openstack:networking/router:Router",
    keys={**_COMMON, "routerId": "id", "adminStateUp": "admin_state_up", "distributed": "distributed",
          "status": "status"},
    query=_FILTERED | {"routerId"},
    own_id="routerId",
    narrow=_tagged,
    told=_router,
)  # fmt: skip
SECURITY_GROUP: Final = Search(
    kind="openstack:networking/secGroup:SecGroup",
    keys={**_COMMON, "secgroupId": "id", "stateful": "stateful"},
    query=_FILTERED | {"secgroupId"},
    own_id="secgroupId",
    narrow=_tagged,
)
