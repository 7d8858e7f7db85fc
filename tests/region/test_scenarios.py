"""Every scenario of inventory/scenarios on a real OpenStack: applied, planned again, retired, and nothing is left.

One cloud with the hosts of all that run serves one after the other. Three scenarios run always;
MUTUALIS_ALL_SCENARIOS=1 runs all, for which CI has no time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from demo_region import DemoRegion, make_region
from scenario_cloud import APPROVED, CHOSEN, SECONDS, catalogued, clear_region, containers, held, on_cloud
from scenario_regions import SCENARIOS, read, retire, tenants

pytestmark = pytest.mark.cloud


@pytest.mark.timeout(4 * SECONDS)
@pytest.mark.parametrize("name", CHOSEN)
def test_a_scenario_is_applied_planned_again_and_retired(scenario_base: DemoRegion, name: str, tmp_path: Path) -> None:
    """All its steps are done; the next plan is empty; once its members are retired, nothing of them is left."""
    region = on_cloud(scenario_base, make_region(tmp_path, SCENARIOS / name))
    region.environment.update(APPROVED.get(name, {}))
    cloud = region.connection()
    empty, bare = held(cloud), catalogued(cloud)
    try:
        apply(region)
        built, now = declared(region), held(cloud)
        assert {kind: now[kind] - empty[kind] for kind in ("servers", "volumes")} == {
            kind: len(built[kind]) for kind in ("servers", "volumes")
        }
        assert {server.status for server in cloud.compute.servers(all_projects=True)} <= {"ACTIVE"}
        accounts = members(cloud, region)
        assert sum(containers(cloud, one) for one in accounts) == sum(
            1 + one.get("versioned", False)  # older versions lie in a second one
            for one in built["objectContainers"]
        )
        assert region.plan()["steps"] == []
        retire(region.folder)
        apply(region)
        assert held(cloud) == empty
        assert sum(containers(cloud, one) for one in accounts) == 0
    finally:
        clear_region(cloud)
    assert catalogued(cloud) == bare


def apply(region: DemoRegion) -> None:
    report = region.apply(seconds=SECONDS)
    assert {outcome["status"] for outcome in report["outcomes"]} == {"done"}


def members(cloud: Any, region: DemoRegion) -> list[str]:
    """Ids of the projects of the region's members."""
    return [
        project.id for path in tenants(region.folder) for project in cloud.identity.projects(tags=f"tenant={path.stem}")
    ]


def declared(region: DemoRegion) -> dict[str, list[Any]]:
    """What the YAML asks for, desktops one by one."""
    specs = [read(path)["spec"] for path in tenants(region.folder)]
    built = {kind: [one for spec in specs for one in spec.get(kind, [])] for kind in KINDS}
    pools = [pool for spec in specs for pool in spec.get("desktopPools", [])]
    built["servers"] += [pool for pool in pools for _ in range(pool["count"])]
    return built


KINDS = ("servers", "volumes", "objectContainers")
