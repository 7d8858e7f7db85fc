"""Cases of the functions of names and load balancers."""

from typing import Any

from cloud_lookup_case import NOBODY, LookupCase

_NOWHERE: dict[str, Any] = {"name": "nowhere"}
_FLAVOR = LookupCase(found={"name": "look"}, shows={"description": "d", "enabled": True}, nothing=_NOWHERE, several={})

SERVICE_CASES: dict[str, LookupCase] = {
    "dns/getDnsZone": LookupCase(
        found={"name": "ground.test."}, shows={"id": "@zone", "status": "ACTIVE", "type": "PRIMARY", "masters": [],
        "email": "dns@ground.test", "projectId": "@own project", "attributes": {}},
        nothing={"name": "ground.test.", "email": "nobody@ground.test"}, several={}, needs=("second zone",),
    ),
    "loadbalancer/getFlavorV2": _FLAVOR,
    "loadbalancer/getLbFlavorDeprecated": _FLAVOR,
    "loadbalancer/getFlavorprofileV2": LookupCase(
        found={"name": "look", "providerName": "amphora"},
        shows={"flavorData": '{"loadbalancer_topology": "SINGLE"}'}, nothing=_NOWHERE,
    ),
    "loadbalancer/getListenerV2": LookupCase(
        found={"name": "ground", "loadbalancerId": "@load balancer", "protocolPort": 80},
        shows={"id": "@listener", "listenerId": "@listener", "protocol": "TCP", "projectId": "@own project",
               "provisioningStatus": "ACTIVE", "loadbalancers": [{"id": "@load balancer"}], "pools": [],
               "l7policies": [], "allowedCidrs": [], "insertHeaders": {}, "hstsPreload": False, "tags": []},
        nothing={"name": "ground", "loadbalancerId": NOBODY}, several={}, needs=("second listener",),
    ),
    "loadbalancer/getLoadbalancerV2": LookupCase(
        found={"name": "ground", "loadbalancerId": "@load balancer"},
        shows={"id": "@load balancer", "provisioningStatus": "ACTIVE", "loadbalancerProvider": "amphora",
               "vipSubnetId": "@subnet", "vipNetworkId": "@network", "additionalVips": [], "adminStateUp": True},
        nothing={"name": "ground", "tagsAnies": ["nowhere"]},
    ),
    "loadbalancer/getPoolV2": LookupCase(
        found={"name": "ground", "loadbalancerId": "@load balancer"},
        shows={"id": "@pool", "lbMethod": "ROUND_ROBIN", "protocol": "HTTP", "sessionPersistences": [],
               "loadbalancers": [{"id": "@load balancer"}], "tlsEnabled": False, "healthmonitorId": ""},
        nothing={"name": "ground", "protocol": "TCP"}, several={}, needs=("second pool",),
    ),
}  # fmt: skip
