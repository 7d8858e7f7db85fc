"""Look-ups of load balancers, their listeners and pools, and of the flavors they are made in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.matching import holds_any
from orchestrator.engine.cloud.lookups.reading import each, flag, items, mapping, number, ordered
from orchestrator.engine.cloud.lookups.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.engine.cloud.lookups.asked import Asked, Body

_ID: Final = {"id": "id"}
_STATE: Final = {"adminStateUp": flag("admin_state_up"), "projectId": "project_id",
                 "operatingStatus": "operating_status", "provisioningStatus": "provisioning_status"}  # fmt: skip
_TLS: Final = {"alpnProtocols": items("alpn_protocols"), "tlsCiphers": "tls_ciphers",
               "tlsVersions": items("tls_versions")}  # fmt: skip
_LISTENER_TLS: Final = {
    **_TLS, "clientAuthentication": "client_authentication",
    "clientCaTlsContainerRef": "client_ca_tls_container_ref",
    "clientCrlContainerRef": "client_crl_container_ref", "defaultTlsContainerRef": "default_tls_container_ref",
    "sniContainerRefs": items("sni_container_refs"), "hstsIncludeSubdomains": flag("hsts_include_subdomains"),
    "hstsMaxAge": number("hsts_max_age"), "hstsPreload": flag("hsts_preload"),
}  # fmt: skip
_TIMEOUTS: Final = {"timeoutClientData": number("timeout_client_data"),
                    "timeoutMemberConnect": number("timeout_member_connect"),
                    "timeoutMemberData": number("timeout_member_data"),
                    "timeoutTcpInspect": number("timeout_tcp_inspect")}  # fmt: skip
_MEMBER: Final = {"id": "id", "name": "name", "address": "address", "protocolPort": "protocol_port",
                  "weight": "weight", "adminStateUp": "admin_state_up", "subnetId": "subnet_id",
                  "monitorPort": "monitor_port", "monitorAddress": "monitor_address", "backup": "backup",
                  "operatingStatus": "operating_status", "provisioningStatus": "provisioning_status",
                  "projectId": "project_id", "tags": "tags"}  # fmt: skip


def _not_all(body: Body, wanted: Any) -> bool:
    return not set(wanted) <= set(body.get("tags") or ())


def _none_of(body: Body, wanted: Any) -> bool:
    return set(wanted).isdisjoint(body.get("tags") or ())


def _balances_for(body: Body, wanted: Any) -> bool:
    return any(one["id"] == wanted for one in body.get("loadbalancers") or ())


def _further_addresses(body: Body) -> list[str]:
    return [str(vip["ip_address"]) for vip in body.get("additional_vips") or ()]


def _with_members(asked: Asked, body: Body) -> Body:
    """A pool tells the ids of its members only."""
    found = asked.service("load-balancer").all(f"lbaas/pools/{body['id']}/members", "members")
    return {**body, "members": found}


def _persistence(body: Body) -> list[dict[str, str]]:
    kept = body.get("session_persistence")
    return [{"type": kept["type"], "cookieName": kept.get("cookie_name") or ""}] if kept else []


def _first_pool(body: Body) -> list[dict[str, str]]:
    return [{"id": body["default_pool_id"]}] if body.get("default_pool_id") else []


def _nothing(body: Body) -> str:  # noqa: ARG001 (one signature)
    """Octavia says no more of it than its id."""
    return ""


def _members(body: Body) -> list[dict[str, Any]]:
    return [{"poolId": body["id"], **one} for one in each("members", _MEMBER)(body)]


def _collection(many: str, **parts: Any) -> Search:
    return Search(service="load-balancer", path=f"lbaas/{many}", many=many, **parts)


_OF_BALANCER: Final[dict[str, Callable[[Body, Any], bool]]] = {"loadbalancerId": _balances_for}
LOAD_BALANCER: Final = _collection(
    "loadbalancers",
    keys={"name": "name", "description": "description", "vipAddress": "vip_address", "loadbalancerId": "id",
          "tags": ordered("tags")},
    filters={"tagsAnies": holds_any("tags"), "tagsNots": _not_all, "tagsNotAnies": _none_of},
    query=frozenset({"name", "vipAddress"}),
    told={**_STATE, "availabilityZone": "availability_zone", "flavorId": "flavor_id",
          "loadbalancerProvider": "provider", "vipNetworkId": "vip_network_id", "vipPortId": "vip_port_id",
          "vipQosPolicyId": "vip_qos_policy_id", "vipSubnetId": "vip_subnet_id", "listeners": each("listeners", _ID),
          "pools": each("pools", _ID), "additionalVips": _further_addresses},
)  # fmt: skip
LISTENER: Final = _collection(
    "listeners",
    keys={"name": "name", "protocol": "protocol", "protocolPort": number("protocol_port"), "listenerId": "id",
          "tags": ordered("tags")},
    filters=_OF_BALANCER,
    query=frozenset({"name"}),
    told={**_STATE, **_LISTENER_TLS, **_TIMEOUTS, "description": "description",
          "connectionLimit": number("connection_limit"), "allowedCidrs": items("allowed_cidrs"),
          "insertHeaders": mapping("insert_headers"), "defaultPoolId": "default_pool_id", "defaultPool": _nothing,
          "loadbalancers": each("loadbalancers", _ID), "pools": _first_pool, "l7policies": each("l7policies", _ID)},
)  # fmt: skip
POOL: Final = _collection(
    "pools",
    keys={"name": "name", "protocol": "protocol", "lbMethod": "lb_algorithm", "poolId": "id", "tags": ordered("tags")},
    filters=_OF_BALANCER,
    query=frozenset({"name"}),
    told={**_STATE, **_TLS, "description": "description", "caTlsContainerRef": "ca_tls_container_ref",
          "crlContainerRef": "crl_container_ref", "tlsContainerRef": "tls_container_ref",
          "tlsEnabled": flag("tls_enabled"), "healthmonitorId": "healthmonitor_id", "members": _members,
          "loadbalancers": each("loadbalancers", _ID), "listeners": each("listeners", _ID),
          "sessionPersistences": _persistence},
    finished=_with_members,
)  # fmt: skip
FLAVOR: Final = _collection(
    "flavors",
    keys={"name": "name", "flavorId": "id"},
    told={"description": "description", "enabled": flag("enabled"), "flavorProfileId": "flavor_profile_id"},
)
FLAVOR_PROFILE: Final = _collection(
    "flavorprofiles",
    keys={"name": "name", "flavorprofileId": "id", "providerName": "provider_name"},
    told={"flavorData": "flavor_data"},
)
