"""Network objects of tenants. Alpha has projects p1 and p2, gamma p3, nobody p9; beta none."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.capacity.object_lines import ObjectLine, object_lines
from orchestrator.capacity.quota_age import quota_times
from orchestrator.model.quota_size import tenant_quota
from orchestrator.model.snapshot import (
    COMPUTE_QUOTA,
    NETWORK_OBJECTS,
    NETWORK_QUOTA,
    InventorySnapshot,
    ProjectQuota,
)
from orchestrator.model.specs import Specs


def line(specs: Specs, snapshot: InventorySnapshot, tenant: str, resource: str) -> ObjectLine:
    return next(one for one in object_lines(specs, snapshot) if (one.tenant, one.resource) == (tenant, resource))


def test_a_tenants_objects_are_those_of_all_its_projects(specs: Specs, snapshot: InventorySnapshot) -> None:
    """As declared in the specs, granted by Neutron, and counted; what is nobody's stands apart."""
    quotas = tuple(
        ProjectQuota(part=NETWORK_QUOTA, project_id=project, limits={"ports": ports})
        for project, ports in {"p1": 40, "p2": 10, "p3": -1, "p9": 500}.items()
    )
    objects = {"ports": {"p1": 3, "p2": 4, "p9": 5}, "networks": {"p3": 1}}
    seen = replace(snapshot, quotas=quotas, objects=objects)
    asked = tenant_quota(specs.catalogue, specs.tenants["alpha"].quota)["ports"]
    ports = line(specs, seen, "alpha", "ports")
    assert (ports.declared, ports.quota, ports.allocated) == (asked, 50, 7)
    assert line(specs, seen, "gamma", "ports").quota == -1
    assert line(specs, seen, "gamma", "networks").allocated == 1
    assert line(specs, seen, "beta", "routers").allocated == 0
    nobody = line(specs, seen, "", "ports")
    assert (nobody.declared, nobody.quota, nobody.allocated) == (None, 500, 5)


def test_objects_that_were_never_counted_are_unknown(specs: Specs, snapshot: InventorySnapshot) -> None:
    """None, not 0; what the specs say is known all the same."""
    others = tuple(health for health in snapshot.health if health.part != NETWORK_OBJECTS)
    ports = line(specs, replace(snapshot, health=others), "alpha", "ports")
    assert (ports.quota, ports.allocated) == (None, None)
    assert ports.declared is not None


def test_a_tenants_quota_is_as_old_as_the_oldest_of_its_projects(snapshot: InventorySnapshot) -> None:
    """Where one of them was not read yet, there is no time; nobody's projects have none either."""
    read = {"p1": 500.0, "p2": 400.0, "p3": 450.0, "p9": 1.0}
    quotas = tuple(
        ProjectQuota(part=COMPUTE_QUOTA, project_id=project, limits={}, read_at=at) for project, at in read.items()
    )
    assert quota_times(replace(snapshot, quotas=quotas)) == {
        ("alpha", COMPUTE_QUOTA): 400.0,
        ("gamma", COMPUTE_QUOTA): 450.0,
    }
    assert quota_times(replace(snapshot, quotas=quotas[1:])) == {("gamma", COMPUTE_QUOTA): 450.0}
