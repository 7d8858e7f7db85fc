"""Look-ups of names and load balancers on real services."""

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


def test_load_balancers_and_what_hangs_on_them_are_looked_up(ground: Any) -> None:
    """Each tells its states, its project and its neighbours."""
    balancer, pool = ground.resolved("@load balancer"), ground.resolved("@pool")

    def ask(kind: str, **asked: Any) -> Any:
        function = f"get{kind}V2"
        return ground.session.invoke(f"openstack:loadbalancer/{function}:{function}", asked)

    told = ask("Loadbalancer", name="ground")
    assert (told["id"], told["provisioningStatus"], told["loadbalancerId"]) == (balancer, "ACTIVE", balancer)
    assert {"id": pool} in told["pools"]
    told = ask("Pool", name="ground", loadbalancerId=balancer)
    assert (told["id"], told["members"], told["loadbalancers"]) == (pool, [], [{"id": balancer}])
    with pytest.raises(ProviderError, match=r"is no ListenerV2? with"):
        ask("Listener", name="nowhere")
