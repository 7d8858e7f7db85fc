"""The session's cloud, as other tests use it."""

import pytest
from cloud_fixture import SHAPE
from openstack.connection import Connection

pytestmark = pytest.mark.cloud


def test_administrator_sees_the_hypervisors_of_the_shape(admin: Connection) -> None:
    """Every hypervisor of the shape is up, and there is no other."""
    hosts = {host.name: host.state for host in admin.compute.hypervisors(details=True)}
    assert hosts == dict.fromkeys((host.name for host in SHAPE.hypervisors), "up")
