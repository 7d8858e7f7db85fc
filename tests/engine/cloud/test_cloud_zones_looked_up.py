"""Look-ups of zones in one project and in all, on the real service."""

from typing import Any

import pytest

from orchestrator.engine.provider import ProviderError

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


def test_a_zone_is_looked_up_by_its_name(ground: Any) -> None:
    """In the credential's project, or in all for those who may; what no zone has is told."""
    zone, look_up = ground.resolved("@zone"), "openstack:dns/getDnsZone:getDnsZone"

    for asked in ({"name": "ground.test."}, {"name": "ground.test.", "allProjects": "true"}):
        told = ground.session.invoke(look_up, asked)
        assert (told["id"], told["status"], told["type"]) == (zone, "ACTIVE", "PRIMARY")
        assert {"poolId", "serial", "createdAt", "projectId", "ttl", "email"} <= set(told)
    with pytest.raises(ProviderError, match=r"no DnsZone with name='nowhere\.test\.'"):
        ground.session.invoke(look_up, {"name": "nowhere.test."})
