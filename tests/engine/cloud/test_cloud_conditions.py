"""How far objects have come, by what the services say: only what never came up may be thrown away."""

from typing import Any

import pytest

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.session import OpenStackSession
from orchestrator.engine.provider import Condition, ProviderError

INSTANCE = "openstack:compute/instance:Instance"
IMAGE = "openstack:images/image:Image"
NETWORK = "openstack:networking/network:Network"
INTERFACE = "openstack:networking/routerInterface:RouterInterface"
VOLUME = "openstack:blockstorage/volume:Volume"
NOBODY = "00000000-0000-4000-8000-000000000000"

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


def test_a_server_that_ran_is_nobody_s_to_throw_away(cloud: Any, ground: Any) -> None:
    """In ERROR as well: its disk may hold what somebody needs, so an update says what is wrong.

    A preview's credential sees that too, though Nova hides servers of other projects from it.
    """
    session = ground.session
    inputs = ground.inputs(INSTANCE, {"name": "ran", "flavorId": "@flavor", "imageId": "@image", "networkMode": "none"})
    made = session.create(INSTANCE, inputs, seconds=60, created=lambda _: None)
    try:
        assert session.condition(INSTANCE, made.id, inputs) is Condition.UP
        body = {"os-resetState": {"state": "error"}}
        assert session._connection.send("compute", "POST", f"servers/{made.id}/action", json=body).status == 202
        assert session.condition(INSTANCE, made.id, inputs) is Condition.UP
        with pytest.raises(ProviderError, match=rf"server 'ran' \({made.id}\) is in ERROR"):
            session.update(INSTANCE, made.id, made.outputs, inputs, seconds=30)
        assert _auditor(cloud).condition(INSTANCE, made.id, inputs) is Condition.UP
    finally:
        session.delete(INSTANCE, made.id, made.outputs, seconds=60)
    assert _auditor(cloud).condition(INSTANCE, made.id, inputs) is Condition.GONE
    assert session.condition(INSTANCE, made.id, inputs) is Condition.GONE


def _auditor(cloud: Any) -> OpenStackSession:
    environment = {"OS_CLOUD": cloud.reader_name, "OS_CLIENT_CONFIG_FILE": str(cloud.clouds_yaml)}
    return OpenStackProvider().session({}, environment)


def test_a_volume_on_a_server_is_not_thrown_away(ground: Any) -> None:
    """It was up, or it would not be there; only one that is in error and free never was."""
    ground.resolved("@ssd")
    session, server, volume = ground.session, ground.resolved("@server"), ground.resolved("@volume")
    attachment = "openstack:compute/volumeAttach:VolumeAttach"
    tied = {"instanceId": server, "volumeId": volume}
    made = session.create(attachment, tied, seconds=60, created=lambda _: None)
    try:
        _reset(session, volume, "error")
        assert session.condition(VOLUME, volume, {}) is Condition.UP
        _reset(session, volume, "in-use")
    finally:
        session.delete(attachment, made.id, made.outputs, seconds=60)
    for status, condition in (
        ("error", Condition.BROKEN),
        ("creating", Condition.BUILDING),
        ("available", Condition.UP),
    ):
        _reset(session, volume, status)
        assert session.condition(VOLUME, volume, {}) is condition


def _reset(session: Any, volume: str, status: str) -> None:
    body = {"os-reset_status": {"status": status}}
    assert session._connection.send("block-storage", "POST", f"volumes/{volume}/action", json=body).status == 202


def test_an_image_whose_data_never_came_is_broken(ground: Any) -> None:
    """One that was to have none is as it should be."""
    inputs = ground.inputs(IMAGE, {"name": "empty", "containerFormat": "bare", "diskFormat": "raw"})
    made = ground.session.create(IMAGE, inputs, seconds=30, created=lambda _: None)
    try:
        assert ground.session.condition(IMAGE, made.id, inputs) is Condition.UP
        assert ground.session.condition(IMAGE, made.id, {**inputs, "localFilePath": "/a"}) is Condition.BROKEN
    finally:
        ground.session.delete(IMAGE, made.id, made.outputs, seconds=30)


@pytest.mark.parametrize("kind", [INSTANCE, IMAGE, NETWORK, INTERFACE, VOLUME])
def test_what_is_gone_is_told_as_gone(kind: str, ground: Any) -> None:
    """Types with states and without."""
    assert ground.session.condition(kind, NOBODY, {}) is Condition.GONE


def test_a_type_without_states_is_up_where_it_is(ground: Any) -> None:
    """There is nothing that it could still become."""
    leg = ground.resolved("@interface")
    assert ground.session.condition(INTERFACE, leg, {}) is Condition.UP
