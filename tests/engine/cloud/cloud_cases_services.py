"""Cases of object storage, names and load balancers."""

from cloud_case import OS, Case

CONTAINER = Case(
    kind=OS + "objectstorage/container:Container",
    inputs={"name": "case", "metadata": {"Owner": "mairie", "Floor": "1"}, "containerRead": ".r:*,.rlistings",
            "forceDestroy": True},
    change={"metadata": {"Owner": "département"}, "containerRead": "", "containerWrite": "*:mairie",
            "versioning": True},
    drift=("object-store", "POST", "{id}", None),
    headers={"X-Container-Meta-Owner": "theirs"},
    shows=("metadata", {"Owner": "theirs"}),
)  # fmt: skip
CONTAINER_OF_VERSIONS = Case(
    kind=OS + "objectstorage/container:Container",
    inputs={"name": "case-versions", "versioningLegacy": {"type": "history", "location": "case-old"}},
    change={"versioningLegacy": {"type": "versions", "location": "case-old"}},
    drift=("object-store", "DELETE", "{id}", None),
)
ZONE = Case(
    kind=OS + "dns/zone:Zone",
    inputs={"name": "case.test.", "email": "dns@case.test", "ttl": 3000, "description": "d"},
    change={"email": "other@case.test", "ttl": 3600, "description": "e"},
    drift=("dns", "PATCH", "zones/{id}", {"description": "theirs"}),
    shows=("description", "theirs"),
)
ZONE_OF_ANOTHER = Case(
    kind=OS + "dns/zone:Zone",
    inputs={"name": "theirs.test.", "email": "dns@theirs.test", "projectId": "@project"},
    drift=("dns", "DELETE", "zones/{id}", None),
    headers={"X-Auth-All-Projects": "true"},
)
RECORDS = Case(
    kind=OS + "dns/recordSet:RecordSet",
    inputs={"zoneId": "@zone", "name": "www.ground.test.", "type": "A", "records": ["10.0.0.2", "10.0.0.1"]},
    change={"records": ["10.0.0.3"], "ttl": 60, "description": "d"},
    drift=("dns", "PUT", "zones/{0}/recordsets/{1}", {"records": ["10.0.0.9"]}),
    shows=("records", ["10.0.0.9"]),
)
LOAD_BALANCER = Case(
    kind=OS + "loadbalancer/loadBalancer:LoadBalancer",
    inputs={"name": "case", "vipSubnetId": "@subnet", "tags": ["a"], "description": "d"},
    change={
        "name": "case-2",
        "tags": ["b"],
        "description": "e",
        "adminStateUp": False,
        "securityGroupIds": ["@security group"],
    },
    drift=("load-balancer", "PUT", "lbaas/loadbalancers/{id}", {"loadbalancer": {"name": "theirs"}}),
    shows=("name", "theirs"),
)
LISTENER = Case(
    kind=OS + "loadbalancer/listener:Listener",
    inputs={"name": "case", "loadbalancerId": "@load balancer", "protocol": "HTTP", "protocolPort": 8081,
            "insertHeaders": {"X-Forwarded-For": "true"}, "allowedCidrs": ["10.0.0.0/8", "192.168.0.0/16"],
            "connectionLimit": 100, "tags": ["a"]},
    change={"insertHeaders": {}, "allowedCidrs": [], "connectionLimit": 200, "timeoutClientData": 40000, "tags": [],
            "description": "d"},
    drift=("load-balancer", "PUT", "lbaas/listeners/{id}", {"listener": {"connection_limit": 7}}),
    shows=("connectionLimit", 7),
)  # fmt: skip
POOL = Case(
    kind=OS + "loadbalancer/pool:Pool",
    inputs={"name": "case", "loadbalancerId": "@load balancer", "protocol": "HTTP", "lbMethod": "ROUND_ROBIN",
            "persistence": {"type": "APP_COOKIE", "cookieName": "c"}, "tags": ["a"]},
    change={"lbMethod": "SOURCE_IP", "persistence": {"type": "HTTP_COOKIE"}, "name": "case-2"},
    drift=("load-balancer", "PUT", "lbaas/pools/{id}", {"pool": {"lb_algorithm": "LEAST_CONNECTIONS"}}),
    shows=("lbMethod", "LEAST_CONNECTIONS"),
)  # fmt: skip
POOL_OF_LISTENER = Case(
    kind=OS + "loadbalancer/pool:Pool",
    inputs={"name": "case-l", "listenerId": "@listener", "protocol": "TCP", "lbMethod": "ROUND_ROBIN"},
    drift=("load-balancer", "DELETE", "lbaas/pools/{id}", None),
)
MEMBER = Case(
    kind=OS + "loadbalancer/member:Member",
    imported_as="{poolId}/{id}",
    inputs={"poolId": "@pool", "address": "10.60.0.50", "protocolPort": 80, "subnetId": "@subnet", "weight": 2,
            "monitorPort": 8080, "name": "case"},
    change={"weight": 0, "monitorPort": 8081, "backup": True, "tags": ["a"]},
    drift=("load-balancer", "PUT", "lbaas/pools/@pool/members/{id}", {"member": {"weight": 9}}),
    shows=("weight", 9),
)  # fmt: skip
MONITOR = Case(
    kind=OS + "loadbalancer/monitor:Monitor",
    inputs={"poolId": "@pool", "type": "HTTP", "delay": 5, "timeout": 3, "maxRetries": 2, "httpVersion": "1.1",
            "domainName": "case.test", "name": "case"},
    change={"delay": 6, "urlPath": "/alive", "expectedCodes": "200-204", "httpMethod": "HEAD", "maxRetriesDown": 4},
    drift=("load-balancer", "PUT", "lbaas/healthmonitors/{id}", {"healthmonitor": {"delay": 9}}),
    shows=("delay", 9),
)  # fmt: skip
LOAD_BALANCER_QUOTA = Case(
    kind=OS + "loadbalancer/quota:Quota",
    inputs={"projectId": "@project", "loadbalancer": 4, "healthMonitor": 5, "l7Policy": 6},
    change={"loadbalancer": 8, "member": 0},
    drift=("load-balancer", "PUT", "lbaas/quotas/{0}", {"quota": {"pool": 9}}),
    shows=("pool", 9),
)
