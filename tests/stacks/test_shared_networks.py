"""What the tenant's program registers for networks of other tenants."""

from __future__ import annotations

from dataclasses import replace

from example_region import example_specs
from recording_monitor import UNKNOWN, Run, Runner

from orchestrator.model.environment import ProjectEnvironment, SharedNetworkEnvironment, TenantEnvironment
from orchestrator.model.known_ids import KnownIds, NetworkIds
from orchestrator.model.tenant import ServerNetwork
from orchestrator.planning.environment import tenant_environment
from stacks import tenant_program

SHARED = SharedNetworkEnvironment(name="theirs", owner="rochefort", network="wide")
REGION = KnownIds(
    external_networks={"internet": "id:internet"},
    images={"debian-12": "id:d12", "debian-13": "id:d13"},
    deployer="id:deployer",
)
IDS = replace(REGION, networks={"rochefort": {"wide": NetworkIds(network="id:wide", subnet="id:wide-4")}})


def environment(called: str = "theirs") -> TenantEnvironment:
    """`db1` is on the other's network as well; `called`: its name here."""
    whole = tenant_environment(example_specs(), "saintes")
    return replace(whole, projects=(attached(whole.projects[0], called), *whole.projects[1:]))


def attached(project: ProjectEnvironment, called: str) -> ProjectEnvironment:
    def on_it(name: str, networks: tuple[ServerNetwork, ...]) -> tuple[ServerNetwork, ...]:
        return (*networks, ServerNetwork(network=called)) if name == "db1" else networks

    servers = tuple(
        replace(one, server=replace(one.server, networks=on_it(one.server.name, one.server.networks)))
        for one in project.servers
    )
    return replace(project, shared_networks=(replace(SHARED, name=called),), servers=servers)


def built(run_program: Runner, called: str = "theirs") -> Run:
    run = run_program(tenant_program(environment(called), IDS))
    assert run.error == ""
    return run


def test_the_project_is_let_onto_the_network(run_program: Runner) -> None:
    """And no other, by the credential that may open what is not the project's."""
    access = built(run_program).one("RbacPolicyV2", "main/rochefort/wide")
    assert access.inputs == {
        "action": "access_as_shared",
        "objectType": "network",
        "objectId": "id:wide",
        "targetTenant": "id:main",
    }
    assert access.provider == ""


def test_a_port_there_is_the_projects_and_goes_before_its_access(run_program: Runner) -> None:
    """Neutron refuses to close a network on which the project has ports."""
    run = built(run_program)
    port = run.one("Port", "main/db1/rochefort/wide")
    assert (port.inputs["networkId"], port.inputs["fixedIps"]) == ("id:wide", [{"subnetId": "id:wide-4"}])
    assert port.inputs["tenantId"] == "id:main"
    assert run.one("RbacPolicyV2", "main/rochefort/wide").urn in run.before(port)
    assert run.one("QuotaV2", "main").urn in run.before(port)
    assert port.urn in run.before(run.one("Instance", "main/db1"))


def test_another_name_here_is_no_other_port(run_program: Runner) -> None:
    """A second one with the same address could not be made before the first one goes."""
    one, two = (built(run_program, name).one("Port", "main/db1/rochefort/wide") for name in ("theirs", "posts"))
    assert (one.urn, one.inputs["description"]) == (two.urn, two.inputs["description"])
    assert (one.inputs["name"], two.inputs["name"]) == ("db1-theirs", "db1-posts")


def test_a_port_is_found_under_its_name_of_before(run_program: Runner) -> None:
    """It was called by the network's name here: older states keep their ports, and servers their disks."""
    run = built(run_program)
    assert run.one("Port", "main/db1/rochefort/wide").formerly == ("main/db1/theirs",)
    assert run.one("Port", "main/db1/back").formerly == ()


def test_own_ports_are_as_they_were(run_program: Runner) -> None:
    """Made by the project's own credential, without a word of whose they are."""
    port = built(run_program).one("Port", "main/db1/back")
    assert "tenantId" not in port.inputs
    assert port.provider != ""


def test_what_was_used_is_exported(run_program: Runner) -> None:
    """The next plan knows by it whom the tenant leaves."""
    assert built(run_program).exports["shared_networks"] == {"rochefort": ["wide"]}


def test_a_plan_before_the_owner_stands_shows_unknown_ids(run_program: Runner) -> None:
    """As before the region stands."""
    run = run_program(tenant_program(environment(), REGION), preview=True)
    assert run.error == ""
    assert run.one("RbacPolicyV2", "main/rochefort/wide").inputs["objectId"] == UNKNOWN
    assert run.one("Port", "main/db1/rochefort/wide").inputs["networkId"] == UNKNOWN


def test_applying_before_the_owner_stands_names_it(run_program: Runner) -> None:
    """The message is about the other tenant, not about the region."""
    run = run_program(tenant_program(environment(), REGION))
    assert "the stack of tenant rochefort exports no network wide" in run.error
    assert run.of("Instance") == []
