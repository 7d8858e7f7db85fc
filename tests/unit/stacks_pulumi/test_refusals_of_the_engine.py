"""What the engine refuses before anything is begun is a refusal of the plan, not a failure of a step."""

from typing import Any

import pytest

from orchestrator.adapters.stacks_pulumi.hints import hint_for, is_refusal
from orchestrator.engine.cloud.collisions import INTERFACE, SUBNET, foreseen
from orchestrator.engine.cloud.holds import PORT, held
from orchestrator.engine.provider import Planned


def _planned(kind: str, name: str, id_: str = "", **outputs: Any) -> Planned:
    return Planned(urn=f"urn:{name}", name=name, kind=kind, id=id_, inputs={}, outputs=outputs, sources={})


OLD = _planned(SUBNET, "lan", "old", networkId="n", cidr="10.0.0.0/24")
NEW = _planned(SUBNET, "lan", "", networkId="n", cidr="10.0.0.0/23")
OTHER = _planned(SUBNET, "wan", "other", networkId="m", cidr="10.0.0.0/24")


def _held() -> str:
    return held([OLD], [_planned(PORT, "web", networkId="n", allFixedIps=["10.0.0.7"])])[OLD.urn]


def _side_by_side() -> str:
    return foreseen([NEW], [OLD], [OLD, NEW])[NEW.urn]


def _on_one_router() -> str:
    leaving = _planned(INTERFACE, "lan", "i", routerId="r", subnetId="old")
    coming = _planned(INTERFACE, "wan", "", routerId="r", subnetId="other")
    return foreseen([coming], [leaving], [OLD, OTHER, leaving, coming])[coming.urn]


@pytest.mark.parametrize("cause", [_held(), _side_by_side(), _on_one_router()])
def test_what_stands_in_the_way_of_a_plan_refuses_it(cause: str) -> None:
    """In the engine's own words."""
    assert is_refusal(cause)


@pytest.mark.parametrize("cause", [_held(), _side_by_side()])
def test_another_range_comes_with_a_network_of_its_own(cause: str) -> None:
    """What people write are networks, not options of resources."""
    assert hint_for(cause).startswith("add a network with the new range")


def test_a_call_that_failed_is_no_refusal() -> None:
    """Something was begun."""
    assert not is_refusal("POST network /subnets: 409 one range overlaps with another subnet (request req-1)")
