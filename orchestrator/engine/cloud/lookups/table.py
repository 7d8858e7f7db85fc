"""Which functions are carried out, and by what. A function without a line here is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups import loadbalancer
from orchestrator.engine.cloud.lookups.compute import FLAVOR
from orchestrator.engine.cloud.lookups.dns import ZONE
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
    "openstack:dns/getDnsZone:getDnsZone": ZONE,
    "openstack:identity/getAuthScope:getAuthScope": auth_scope,
    "openstack:identity/getGroup:getGroup": GROUP,
    "openstack:identity/getProject:getProject": PROJECT,
    "openstack:identity/getRole:getRole": ROLE,
    "openstack:identity/getUser:getUser": USER,
    "openstack:images/getImage:getImage": IMAGE,
    "openstack:loadbalancer/getFlavorV2:getFlavorV2": loadbalancer.FLAVOR,
    "openstack:loadbalancer/getFlavorprofileV2:getFlavorprofileV2": loadbalancer.FLAVOR_PROFILE,
    "openstack:loadbalancer/getLbFlavorDeprecated:getLbFlavorDeprecated": loadbalancer.FLAVOR,
    "openstack:loadbalancer/getListenerV2:getListenerV2": loadbalancer.LISTENER,
    "openstack:loadbalancer/getLoadbalancerV2:getLoadbalancerV2": loadbalancer.LOAD_BALANCER,
    "openstack:loadbalancer/getPoolV2:getPoolV2": loadbalancer.POOL,
    "openstack:networking/getNetwork:getNetwork": NETWORK,
    "openstack:networking/getRouter:getRouter": ROUTER,
    "openstack:networking/getSecGroup:getSecGroup": SECURITY_GROUP,
    "openstack:networking/getSubnet:getSubnet": SUBNET,
}
