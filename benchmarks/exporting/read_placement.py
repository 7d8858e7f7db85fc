"""Read what all providers have handed out, in one of several ways, and say it as JSON, with the seconds of each turn.

    python read_placement.py CLOUDS WAY ROUNDS

WAY: ours (the product's reader); serial (inventories, usages and allocations of each provider, one call after the
other, as openstack-exporter asks); single (one call for one class: the floor, which leaves out what is full). Runs with
the product's Python.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.door import CountingDoor, Door
from orchestrator.adapters.inventory_openstack.placement import PlacementReader

CLOUD, VERSION = "mutualis-lab-reader", "1.29"
Used = dict[str, dict[str, int]]
"""Provider's name -> class -> handed out."""


def main() -> None:
    clouds, way, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    door = open_door(CLOUD, {"OS_CLIENT_CONFIG_FILE": clouds})
    read, turns, used = _ways()[way], [], {}
    door.get("placement", "resource_classes", version=VERSION)  # the token, and the service's address
    for _ in range(rounds):
        counting = CountingDoor(door)
        begun = time.perf_counter()
        used = read(counting)
        turns.append({"seconds": time.perf_counter() - begun, "calls": counting.calls})
    print(json.dumps({"turns": turns, "used": used}))


def _ways() -> dict[str, Callable[[Door], Used]]:
    reader = PlacementReader()

    def ours(door: Door) -> Used:
        found = reader.read(door).inventories
        return {name: {one: amounts.used for one, amounts in classes.items()} for name, classes in found.items()}

    return {"ours": ours, "serial": _serial, "single": _single}


def _serial(door: Door) -> Used:
    found: Used = {}
    for provider in door.get("placement", "resource_providers", version=VERSION)["resource_providers"]:
        path = f"resource_providers/{provider['uuid']}"
        for further in ("inventories", "allocations"):
            door.get("placement", f"{path}/{further}", version=VERSION)
        found[provider["name"]] = door.get("placement", f"{path}/usages", version=VERSION)["usages"]
    return found


def _single(door: Door) -> Used:
    """By uuid: names are another call."""
    answer = door.get("placement", "allocation_candidates", version=VERSION, params={"resources": "VCPU:1"})
    return {
        uuid: {one: amounts["used"] for one, amounts in facts["resources"].items()}
        for uuid, facts in answer["provider_summaries"].items()
    }


if __name__ == "__main__":
    main()
