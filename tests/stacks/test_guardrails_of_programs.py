"""Our own programs keep what the policy pack asks of everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from recording_monitor import UNKNOWN as WIRE_UNKNOWN
from recording_monitor import Registered, Run, Runner

from orchestrator.model.known_ids import KnownIds
from orchestrator.planning.environment import region_environment, tenant_environment
from orchestrator.wiring.specs import accepted, validated
from policies.guardrails import RESOURCE_GUARDRAILS, STACK_GUARDRAILS
from policies.guardrails.guardrail import UNKNOWN, Declared
from stacks import region_program, tenant_program

DEMO = Path(__file__).parents[2] / "inventory" / "demo"


def declared(one: Registered) -> Declared:
    inputs = {name: UNKNOWN if value == WIRE_UNKNOWN else value for name, value in one.inputs.items()}
    return Declared(kind=one.type, name=one.name, urn=one.urn, inputs=inputs, parent=one.parent, protected=one.protect)


def said(run: Run) -> list[str]:
    resources = [declared(one) for one in run.resources.values()]
    assert len(resources) > 10
    alone = [f"{one.name}: {text}" for one in resources for rail in RESOURCE_GUARDRAILS for text in rail.check(one)]
    together = [f"{one.name}: {text}" for rail in STACK_GUARDRAILS for one, text in rail.check(resources)]
    return alone + together


@pytest.mark.parametrize("tenant", ["pays-des-lacs", "sainte-odile"])
def test_a_tenants_program_keeps_the_guardrails(run_program: Runner, tenant: str) -> None:
    """Protected or not."""
    environment = tenant_environment(accepted(validated(DEMO)), tenant)
    run = run_program(tenant_program(environment, KnownIds()), preview=True)
    assert said(run) == []


def test_the_regions_program_keeps_the_guardrails(run_program: Runner) -> None:
    """Its one quota is the deploying user's."""
    run = run_program(region_program(region_environment(accepted(validated(DEMO))), DEMO), preview=True)
    assert said(run) == []


def test_what_a_waiver_lets_through_is_still_told_here(run_program: Runner) -> None:
    """A pack sees resources, not waivers: the open SSH of arcy."""
    environment = tenant_environment(accepted(validated(DEMO)), "arcy")
    found = said(run_program(tenant_program(environment, KnownIds()), preview=True))
    assert found
    assert all("opens SSH (22) to 0.0.0.0/0" in one for one in found)
