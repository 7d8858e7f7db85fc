"""How many objects a tenant has: as many as its stack registers, so that what goes is counted right."""

import pytest
from example_region import example_specs
from recording_monitor import Runner

from orchestrator.flow.review.parts import tenant_parts
from orchestrator.model.known_ids import KnownIds
from orchestrator.planning.environment import tenant_environment
from stacks import tenant_program

OUTPUTS = KnownIds(
    external_networks={"internet": "id:internet"},
    images={"debian-12": "id:d12", "debian-13": "id:d13"},
    deployer="id:deployer",
)


@pytest.mark.parametrize("tenant", [{}, {"servers": (), "floating_ips": (), "volumes": ()}])
def test_objects_are_those_that_the_stack_registers(run_program: Runner, tenant: dict[str, object]) -> None:
    """Providers are no objects of the cloud."""
    environment = tenant_environment(example_specs(**tenant), "saintes")
    run = run_program(tenant_program(environment, OUTPUTS))
    assert run.error == ""
    built = [one for one in run.resources.values() if one.custom and not one.type.startswith("pulumi:")]
    assert sum(part.objects for part in tenant_parts(environment).values()) == len(built)
