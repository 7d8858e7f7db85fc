"""A container is opened for the projects of those that both sides name, and for no others."""

import datetime as dt

from shared_containers import container, owner, user
from small_region import specs, tenant

from orchestrator.model.environment import ContainerGrant
from orchestrator.model.sharing import ContainerAccess
from orchestrator.model.tenant import Project, Tenant, TenantState
from orchestrator.planning.environment import tenant_environment

READ, WRITE = ContainerAccess.READ, ContainerAccess.WRITE


def granted(*tenants: Tenant) -> dict[str, tuple[ContainerGrant, ...]]:
    """By container of caen."""
    (project,) = tenant_environment(specs(*tenants), "caen").projects
    return {one.container.name: one.grants for one in project.object_containers}


def grant(of: str, project: str = "main", *, write: bool = False) -> ContainerGrant:
    return ContainerGrant(tenant=of, project=project, write=write)


def test_what_is_not_shared_is_opened_for_nobody() -> None:
    """Neither for other tenants, nor for those that use another container."""
    both = owner("caen", container("plans"), container("scans", dieppe=READ))
    assert granted(both, user("dieppe", "caen"), tenant("vire")) == {"plans": (), "scans": (grant("dieppe"),)}


def test_each_does_what_the_owner_lets_it() -> None:
    """By name, whatever the order in which they are written."""
    shared = owner("caen", container(vire=READ, dieppe=WRITE))
    assert granted(shared, user("dieppe", "caen"), user("vire", "caen")) == {
        "scans": (grant("dieppe", write=True), grant("vire"))
    }


def test_the_user_names_its_projects() -> None:
    """Several may; the tenant's own name is its main project."""
    using = user("dieppe", "caen", "port", "dieppe", projects=(Project(name="port"), Project(name="quay")))
    assert granted(owner("caen", container(dieppe=READ)), using) == {
        "scans": (grant("dieppe"), grant("dieppe", "port"))
    }


def test_who_retires_loses_what_is_others_at_once() -> None:
    """Its own things wait for the end of the quarantine; suspended ones go on."""
    shared = owner("caen", container(dieppe=READ, vire=WRITE))
    leaving = user("dieppe", "caen", state=TenantState.RETIRED, retired_on=dt.date(2026, 3, 1))
    paused = user("vire", "caen", state=TenantState.SUSPENDED)
    assert granted(shared, leaving, paused) == {"scans": (grant("vire", write=True),)}
