"""Give a real Placement providers and consumers through its API, as many as asked for.

    python fill_placement.py CLOUDS PROVIDERS ALLOCATIONS

Runs with the product's Python. ALLOCATIONS: of each provider; the first provider's are as large as it is. Says as JSON
what Placement must tell: provider's name -> class -> what is handed out.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import openstack
from keystoneauth1.adapter import Adapter

CLOUD, VERSION, AT_ONCE = "mutualis-lab", "placement 1.29", 4
HAS = {"VCPU": (128, 4.0), "MEMORY_MB": (524288, 1.0), "DISK_GB": (4000, 1.0)}
"""Total and ratio."""
TAKES = {"VCPU": 2, "MEMORY_MB": 4096, "DISK_GB": 20}


def main() -> None:
    clouds, number, allocations = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    region = openstack.config.OpenStackConfig(config_files=[clouds]).get_one(cloud=CLOUD)
    session = region.get_session()
    placement = Adapter(session, service_type="placement", interface="public", default_microversion=None)
    owner = {"project_id": session.get_project_id(), "user_id": session.get_user_id()}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(partial(_provider, placement, owner, allocations), range(number)))
    print(json.dumps(dict(found)))


def _provider(placement: Adapter, owner: dict[str, str], allocations: int, number: int) -> tuple[str, dict[str, int]]:
    """Its name, and what of it is handed out."""
    name, uuid = f"bench-{number:04}", f"00000001-0000-4000-8000-{number:012x}"
    _send(placement, "POST", "/resource_providers", {"name": name, "uuid": uuid})
    inventories = {
        one: {
            "total": total,
            "allocation_ratio": ratio,
            "reserved": 0,
            "min_unit": 1,
            "step_size": 1,
            "max_unit": 2**31 - 1,
        }
        for one, (total, ratio) in HAS.items()
    }
    body = {"resource_provider_generation": 0, "inventories": inventories}
    _send(placement, "PUT", f"/resource_providers/{uuid}/inventories", body)
    takes = TAKES if number else {one: int(total * ratio) // allocations for one, (total, ratio) in HAS.items()}
    for place in range(allocations):
        consumer = f"00000002-{place:04x}-4000-8000-{number:012x}"
        given: dict[str, Any] = {"allocations": {uuid: {"resources": takes}}, "consumer_generation": None, **owner}
        _send(placement, "PUT", f"/allocations/{consumer}", given)
    return name, {one: amount * allocations for one, amount in takes.items()}


def _send(placement: Adapter, method: str, path: str, body: Any) -> None:
    response = placement.request(path, method, json=body, headers={"OpenStack-API-Version": VERSION}, raise_exc=False)
    if response.status_code >= 300:  # noqa: PLR2004 (RFC 9110: no success from here on)
        sys.exit(f"{method} {path}: {response.status_code} {response.text[:300]}")


if __name__ == "__main__":
    main()
