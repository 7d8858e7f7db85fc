"""Look-ups of compute: flavors, hosts, keypairs, groups of servers, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.matching import at_least
from orchestrator.engine.cloud.lookups.member import Member
from orchestrator.engine.cloud.lookups.reading import flag, items, mapping, number
from orchestrator.engine.cloud.lookups.search import Search
from orchestrator.engine.cloud.lookups.zones import Zones

if TYPE_CHECKING:
    from orchestrator.engine.cloud.lookups.asked import Asked, Body

ZONE_KEY: Final = "availability_zone"
FLAVOR_VERSION: Final = "2.61"  # with description and extra specs
_LIMITS: Final = (  # results that Nova calls the same
    "maxImageMeta", "maxPersonality", "maxPersonalitySize", "maxSecurityGroupRules", "maxSecurityGroups",
    "maxServerGroupMembers", "maxServerGroups", "maxServerMeta", "maxTotalCores", "maxTotalFloatingIps",
    "maxTotalInstances", "maxTotalKeypairs", "totalCoresUsed", "totalFloatingIpsUsed", "totalInstancesUsed",
    "totalSecurityGroupsUsed", "totalServerGroupsUsed",
)  # fmt: skip


def _strings_of_aggregate(body: Body) -> dict[str, Any]:
    """Its metadata without the zone, which is a result of its own."""
    return {key: value for key, value in (body.get("metadata") or {}).items() if key != ZONE_KEY}


def _rules(body: Body) -> list[dict[str, Any]]:
    return [{"maxServerPerHost": int((body.get("rules") or {}).get("max_server_per_host") or 0)}]


def _by_its_id(asked: Asked, bodies: list[Body]) -> list[Body]:
    """A private flavor that is shared with the project is in no list, but answers to its id."""
    id_ = asked.given.get("flavorId")
    if not id_ or any(body["id"] == id_ for body in bodies):
        return bodies
    found = asked.service("compute").find(f"flavors/{id_}", version=FLAVOR_VERSION)
    return [*bodies, found["flavor"]] if found else bodies


FLAVOR: Final = Search(
    service="compute",
    path="flavors/detail?is_public=None",
    many="flavors",
    version=FLAVOR_VERSION,
    keys={"name": "name", "flavorId": "id", "description": "description", "disk": number("disk"),
          "ram": number("ram"), "swap": number("swap"), "vcpus": number("vcpus"), "rxTxFactor": "rxtx_factor",
          "isPublic": flag("os-flavor-access:is_public")},
    filters={"minDisk": at_least("disk"), "minRam": at_least("ram")},
    told={"extraSpecs": mapping("extra_specs")},
    extended=_by_its_id,
)  # fmt: skip
AGGREGATE: Final = Search(
    service="compute",
    path="os-aggregates",
    many="aggregates",
    keys={"name": "name", "hosts": items("hosts"), "metadata": _strings_of_aggregate},
    told={"zone": ZONE_KEY},
)
HYPERVISOR: Final = Search(
    service="compute",
    path="os-hypervisors/detail",
    many="hypervisors",
    keys={"hostname": "hypervisor_hostname"},
    told={"hostIp": "host_ip", "state": "state", "status": "status", "type": "hypervisor_type", "vcpus": "vcpus",
          "memory": "memory_mb", "disk": "local_gb"},
)  # fmt: skip
SERVER_GROUP: Final = Search(
    service="compute",
    path="os-server-groups",
    many="server_groups",
    version="2.64",
    keys={"name": "name"},
    told={"members": items("members"), "metadata": mapping("metadata"), "policies": lambda body: [body["policy"]],
          "projectId": "project_id", "userId": "user_id", "rules": _rules},
)  # fmt: skip
KEYPAIR: Final = Member(
    service="compute",
    path="os-keypairs/{name}",
    version="2.10",  # with user_id
    within=("keypair",),
    sent={"userId": "user_id"},
    told={"fingerprint": "fingerprint", "publicKey": "public_key", "userId": "user_id"},
    identity="{name}",
)
QUOTA: Final = Member(
    service="compute",
    path="os-quota-sets/{projectId}",
    within=("quota_set",),
    told={"cores": "cores", "instances": "instances", "ram": "ram", "fixedIps": "fixed_ips",
          "floatingIps": "floating_ips", "keyPairs": "key_pairs", "metadataItems": "metadata_items",
          "injectedFiles": "injected_files", "injectedFileContentBytes": "injected_file_content_bytes",
          "injectedFilePathBytes": "injected_file_path_bytes", "securityGroups": "security_groups",
          "securityGroupRules": "security_group_rules", "serverGroups": "server_groups",
          "serverGroupMembers": "server_group_members"},
)  # fmt: skip
LIMITS: Final = Member(
    service="compute",
    path="limits",
    within=("limits", "absolute"),
    sent={"projectId": "tenant_id"},
    needed=frozenset({"projectId"}),
    told={**{name: number(name) for name in _LIMITS}, "maxTotalRamSize": number("maxTotalRAMSize"),
          "totalRamUsed": number("totalRAMUsed")},
)  # fmt: skip
ZONES: Final = Zones(service="compute")
