"""Look-ups of load balancers, their listeners and pools, and of the flavors they are made in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.search import Search, only
from orchestrator.engine.cloud.rest import Service
from orchestrator.engine.cloud.waits import Deadline

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.cloud.locks import Locks
    from orchestrator.engine.provider import Properties

Body = dict[str, Any]
SECONDS: Final = 120.0
_STATES: Final = {"provisioningStatus": "provisioning_status", "operatingStatus": "operating_status",
                  "projectId": "project_id"}  # fmt: skip


def _ids(body: Body, *names: str) -> Body:
    return {name: [{"id": part["id"]} for part in body.get(name) or ()] for name in names}


def _told(body: Body) -> Body:
    found = {name: body.get(key) for name, key in _STATES.items()}
    return {**found, "tags": sorted(body.get("tags") or ())}


def _tagged(action: Action, bodies: list[Body], arguments: Properties) -> list[Body]:  # noqa: ARG001 (one signature)
    """`tags`: all of them, `tagsAnies`: one of them, `tagsNots`: not all of them, `tagsNotAnies`: none of them."""
    every, some, not_every, none = (
        set(arguments.get(name) or ()) for name in ("tags", "tagsAnies", "tagsNots", "tagsNotAnies")
    )
    return [
        body
        for body in bodies
        if every <= (tags := set(body.get("tags") or ()))
        and (not some or some & tags)
        and (not not_every or not not_every <= tags)
        and not none & tags
    ]


def _of_balancer(action: Action, bodies: list[Body], arguments: Properties) -> list[Body]:
    wanted = arguments.get("loadbalancerId")
    found = _tagged(action, bodies, arguments)
    return [body for body in found if not wanted or {"id": wanted} in _ids(body, "loadbalancers")["loadbalancers"]]


def _balancer(action: Action, body: Body) -> Body:  # noqa: ARG001 (one signature)
    vips = [{"subnetId": vip.get("subnet_id") or "", "ipAddress": vip.get("ip_address") or ""}
            for vip in body.get("additional_vips") or ()]  # fmt: skip
    return {**_told(body), **_ids(body, "listeners", "pools"), "additionalVips": vips}


def _listener(action: Action, body: Body) -> Body:  # noqa: ARG001 (one signature)
    policies = [{"id": policy["id"]} for policy in body.get("l7policies") or ()]
    pools = {"pools": [{"id": body["default_pool_id"]}] if body.get("default_pool_id") else []}
    return {**_told(body), **_ids(body, "loadbalancers"), **pools, "l7policies": policies}


def _pool(action: Action, body: Body) -> Body:
    path = f"lbaas/pools/{body['id']}/members"
    members = [_member(member) for member in action.service().all(path, "members")]
    persistence = body.get("session_persistence")
    kept = [{"type": persistence["type"], "cookieName": persistence.get("cookie_name") or ""}] if persistence else []
    return {**_told(body), **_ids(body, "loadbalancers", "listeners"), "members": members,
            "healthmonitorId": body.get("healthmonitor_id") or "", "sessionPersistences": kept}  # fmt: skip


def _member(body: Body) -> Body:
    keys = {"id": "id", "name": "name", "address": "address", "protocolPort": "protocol_port", "weight": "weight",
            "adminStateUp": "admin_state_up", "subnetId": "subnet_id", "monitorPort": "monitor_port",
            "monitorAddress": "monitor_address", "backup": "backup"}  # fmt: skip
    return {name: body[key] for name, key in keys.items() if body.get(key) is not None}


LOAD_BALANCER: Final = Search(
    kind="openstack:loadbalancer/loadBalancer:LoadBalancer",
    keys={"name": "name", "description": "description", "vipAddress": "vip_address", "loadbalancerId": "id"},
    query=frozenset({"name", "vipAddress"}),
    own_id="loadbalancerId",
    narrow=_tagged,
    told=_balancer,
)
LISTENER: Final = Search(
    kind="openstack:loadbalancer/listener:Listener",
    keys={"name": "name", "protocol": "protocol", "protocolPort": "protocol_port", "listenerId": "id"},
    query=frozenset({"name"}),
    own_id="listenerId",
    narrow=_of_balancer,
    told=_listener,
)
POOL: Final = Search(
    kind="openstack:loadbalancer/pool:Pool",
    keys={"name": "name", "protocol": "protocol", "lbMethod": "lb_algorithm", "poolId": "id"},
    query=frozenset({"name"}),
    own_id="poolId",
    narrow=_of_balancer,
    told=_pool,
)


def _plain(many: str, what: str, keys: dict[str, str], own: str) -> Callable[[Connection, Locks, Properties], Body]:
    """A look-up in a collection of which no resource type is carried out."""

    def look_up(connection: Connection, locks: Locks, arguments: Properties) -> Body:  # noqa: ARG001 (one signature)
        given = {name: value for name, value in arguments.items() if value is not None}
        service = Service(connection, "load-balancer", Deadline(SECONDS))
        wanted = {keys[name]: value for name, value in given.items() if name in keys}
        found = [
            body
            for body in service.all(f"lbaas/{many}", many)
            if all(body.get(key) == value for key, value in wanted.items())
        ]
        body = only(found, what, given)
        told = {name: body[key] for name, key in keys.items() if body.get(key) is not None}
        return {**given, **told, own: body["id"], "id": body["id"], "region": given.get("region") or connection.region}

    return look_up


FLAVOR: Final = _plain(
    "flavors",
    "load balancer flavor",
    {"name": "name", "flavorId": "id", "description": "description", "enabled": "enabled",
     "flavorProfileId": "flavor_profile_id"},
    "flavorId",
)  # fmt: skip
FLAVOR_PROFILE: Final = _plain(
    "flavorprofiles",
    "load balancer flavor profile",
    {"name": "name", "flavorprofileId": "id", "providerName": "provider_name", "flavorData": "flavor_data"},
    "flavorprofileId",
)
