"""Every scenario of inventory/scenarios on a real OpenStack: applied, planned again, retired, and nothing is left.

One cloud with the hosts of all that run serves one after the other. One scenario runs always;
MUTUALIS_ALL_SCENARIOS=1 runs all, which takes CI too long.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from demo_region import DemoRegion, make_region
from scenario_cloud import catalogued, clear_region, containers, held
from scenario_regions import NAMES, SCENARIOS, read, shape_of_all

pytestmark = pytest.mark.cloud
ALWAYS = ("drancy",)
CHOSEN = NAMES if os.environ.get("MUTUALIS_ALL_SCENARIOS") else ALWAYS
SECONDS = 900  # of one command, on a machine that may be loaded


@pytest.fixture(scope="module")
def base(openstack_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRegion]:
    """A running cloud that has the hosts of all scenarios, and nothing in it."""
    directory = tmp_path_factory.mktemp("scenarios")
    region = make_region(directory, shape_of_all(directory / "shape" / "all", CHOSEN))
    try:
        done = region.run("lab", "up", str(region.folder), "--dir", str(region.lab), "--with", "swift", seconds=SECONDS)
        assert done.returncode == 0, done.stdout + done.stderr
        yield region
    finally:
        region.run("lab", "down", "--dir", str(region.lab))


@pytest.mark.timeout(4 * SECONDS)
@pytest.mark.parametrize("name", CHOSEN)
def test_a_scenario_is_applied_planned_again_and_retired(base: DemoRegion, name: str, tmp_path: Path) -> None:
    """All its steps are done; the next plan is empty; once its members are retired, nothing of them is left."""
    region = make_region(tmp_path, SCENARIOS / name)
    region = replace(region, lab=base.lab, environment=region.environment | {"OS_CLIENT_CONFIG_FILE": str(base.clouds)})
    cloud = base.connection()
    empty, bare = held(cloud), catalogued(cloud)
    try:
        apply(region)
        built = declared(region)
        assert {kind: held(cloud)[kind] - empty[kind] for kind in ("servers", "volumes")} == {
            kind: len(built[kind]) for kind in ("servers", "volumes")
        }
        assert {server.status for server in cloud.compute.servers(all_projects=True)} <= {"ACTIVE"}
        accounts = members(cloud, region)
        assert sum(containers(cloud, one) for one in accounts) == sum(
            1 + one.get("versioned", False)  # older versions lie in a second one
            for one in built["objectContainers"]
        )
        assert region.plan()["steps"] == []
        retire(region)
        apply(region)
        assert held(cloud) == empty
        assert sum(containers(cloud, one) for one in accounts) == 0
    finally:
        clear_region(cloud)
    assert catalogued(cloud) == bare


def apply(region: DemoRegion) -> None:
    report = region.apply(seconds=SECONDS)
    assert {outcome["status"] for outcome in report["outcomes"]} == {"done"}


def tenants(region: DemoRegion) -> list[Path]:
    return sorted((region.folder / "tenants").glob("*.yaml"))


def members(cloud: Any, region: DemoRegion) -> list[str]:
    """Ids of the projects of the region's members."""
    return [project.id for path in tenants(region) for project in cloud.identity.projects(tags=f"tenant={path.stem}")]


def declared(region: DemoRegion) -> dict[str, list[Any]]:
    """What the YAML asks for, desktops one by one."""
    specs = [read(path)["spec"] for path in tenants(region)]
    built = {kind: [one for spec in specs for one in spec.get(kind, [])] for kind in KINDS}
    pools = [pool for spec in specs for pool in spec.get("desktopPools", [])]
    built["servers"] += [pool for pool in pools for _ in range(pool["count"])]
    return built


KINDS = ("servers", "volumes", "objectContainers")


def retire(region: DemoRegion) -> None:
    """Both sides end each agreement today; hosts that members lent are the region's from then on."""
    today = dt.datetime.now(dt.UTC).date().isoformat()  # noqa: TID251 the product runs on the real clock here
    for path in (region.folder / "hosts").glob("*.yaml"):
        region.edit(f"hosts/{path.name}", lambda document: document["spec"].pop("owner", None))
    for path in tenants(region):
        region.edit(f"tenants/{path.name}", lambda document: end(document["spec"], today))


def end(spec: dict[str, Any], today: str) -> None:
    spec["agreement"].pop("noticeGiven", None)
    spec["agreement"]["end"] = today
    spec.update(state="retired", retiredOn=today)
