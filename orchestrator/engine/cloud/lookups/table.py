"""Which functions are carried out, and by what. A function without a line here is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.compute import FLAVOR
from orchestrator.engine.cloud.lookups.identity import GROUP, PROJECT, ROLE, USER, auth_scope
from orchestrator.engine.cloud.lookups.images import IMAGE
from orchestrator.engine.cloud.lookups.networking import NETWORK, ROUTER, SECURITY_GROUP, SUBNET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.cloud.locks import Locks
    from orchestrator.engine.provider import Properties

FUNCTIONS: Final[Mapping[str, Callable[[Connection, Locks, Properties], dict[str, Any]]]] = {
    "openstack:compute/getFlavor:getFlavor": FLAVOR,
    "openstack:identity/getAuthScope:getAuthScope": auth_scope,
    "openstack:identity/getGroup:getGroup": GROUP,
    "openstack:identity/getProject:getProject": PROJECT,
    "openstack:identity/getRole:getRole": ROLE,
    "openstack:identity/getUser:getUser": USER,
    "openstack:images/getImage:getImage": IMAGE,
    "openstack:networking/getNetwork:getNetwork": NETWORK,
    "openstack:networking/getRouter:getRouter": ROUTER,
    "openstack:networking/getSecGroup:getSecGroup": SECURITY_GROUP,
    "openstack:networking/getSubnet:getSubnet": SUBNET,
}
