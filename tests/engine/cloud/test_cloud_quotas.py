"""Quotas of a project that shrinks: they are lowered before what they no longer allow is deleted."""

from typing import Any

import pytest

from orchestrator.engine.provider import NotYet

COMPUTE = "openstack:compute/quotaSetV2:QuotaSetV2"
NETWORKING = "openstack:networking/quotaV2:QuotaV2"
STORAGE = "openstack:blockstorage/quoteSetV3:QuoteSetV3"

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


@pytest.mark.parametrize(
    ("kind", "name", "used_by"),
    [(COMPUTE, "instances", "server"), (NETWORKING, "network", "network")],
)
def test_a_limit_may_be_lowered_below_what_is_used(kind: str, name: str, used_by: str, ground: Any) -> None:
    """Deletions come last in a run, so a quota that waited for them would never be set."""
    ground.resolved("@subnet")
    ground.resolved(f"@{used_by}")
    project = ground.resolved("@own project")
    before = ground.session.read(kind, f"{project}/RegionOne", {}, {}).outputs
    inputs = {"projectId": project, name: before[name]}
    made = ground.session.create(kind, inputs, seconds=30, created=lambda _: None)
    try:
        outputs = ground.session.update(kind, made.id, made.outputs, {**inputs, name: 0}, seconds=30)
        assert outputs[name] == 0
        assert ground.session.read(kind, made.id, {}, outputs).outputs[name] == 0
    finally:
        ground.session.update(kind, made.id, {**made.outputs, name: 0}, inputs, seconds=30)
    assert ground.session.read(kind, made.id, {}, made.outputs).outputs[name] == before[name]


def test_cinder_is_asked_again_after_the_deletions(ground: Any) -> None:
    """It refuses a limit below what is used, and nothing makes it take one."""
    ground.resolved("@ssd")
    ground.resolved("@volume")
    project = ground.resolved("@own project")
    before = ground.session.read(STORAGE, f"{project}/RegionOne", {}, {}).outputs
    inputs = {"projectId": project, "volumes": before["volumes"]}
    made = ground.session.create(STORAGE, inputs, seconds=30, created=lambda _: None)

    with pytest.raises(NotYet, match=r"PUT block-storage .*: 400 .*greater than existing resources.*\(request req-"):
        ground.session.update(STORAGE, made.id, made.outputs, {**inputs, "volumes": 0}, seconds=30)

    assert ground.session.read(STORAGE, made.id, {}, made.outputs).outputs["volumes"] == before["volumes"]
