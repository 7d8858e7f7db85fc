"""Parts of a load balancer: one change at a time, waited for, and told when it breaks."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fake_octavia import FakeOctavia

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.provider import Change, Condition, Created, ProviderError

LB = "openstack:loadbalancer/"
BALANCER, LISTENER, POOL = (
    LB + "loadBalancer:LoadBalancer",
    LB + "listener:Listener",
    LB + "pool:Pool",
)
MEMBER, MONITOR = LB + "member:Member", LB + "monitor:Monitor"

PROVIDER = OpenStackProvider()


def checked(kind: str, **inputs: Any) -> Any:
    done = PROVIDER.check(kind, "x", inputs)
    assert done.failures == ()
    return done.inputs


def made(octavia: FakeOctavia, kind: str, **inputs: Any) -> Created:
    return octavia.session().create(kind, checked(kind, **inputs), seconds=5, created=lambda _: None)


@pytest.fixture
def octavia() -> FakeOctavia:
    return FakeOctavia()


@pytest.fixture
def balancer(octavia: FakeOctavia) -> Created:
    return made(octavia, BALANCER, name="web", vipSubnetId="subnet-1")


def test_a_load_balancer_is_waited_for_and_its_port_put_under_the_groups(octavia: FakeOctavia) -> None:
    """Octavia knows nothing of security groups: they are the port's."""
    made_ = made(octavia, BALANCER, name="web", vipSubnetId="subnet-1", securityGroupIds=["b", "a"])

    assert octavia.objects["loadbalancers"][made_.id]["provisioning_status"] == "ACTIVE"
    assert made_.outputs["securityGroupIds"] == ["a", "b"]
    assert octavia.ports[made_.outputs["vipPortId"]]["security_groups"] == ["a", "b"]


def test_many_members_take_turns(octavia: FakeOctavia, balancer: Created) -> None:
    """Within one process nobody is sent away: no call is answered with 409."""
    pool = made(octavia, POOL, name="p", loadbalancerId=balancer.id, protocol="TCP", lbMethod="ROUND_ROBIN")
    session = octavia.session()

    def join(number: int) -> str:
        inputs = checked(MEMBER, poolId=pool.id, address=f"10.0.0.{number}", protocolPort=80)
        return session.create(MEMBER, inputs, seconds=5, created=lambda _: None).id

    with ThreadPoolExecutor(4) as threads:
        ids = list(threads.map(join, range(4)))

    assert len(set(ids)) == 4
    posts = [path for method, path in octavia.writes() if method == "POST" and path.endswith("/members")]
    assert len(posts) == 4


def test_a_change_by_others_is_waited_out(octavia: FakeOctavia, balancer: Created) -> None:
    """409 says that the load balancer is immutable for now: the same call comes again and succeeds."""
    octavia._left = 2

    listener = made(octavia, LISTENER, name="l", loadbalancerId=balancer.id, protocol="TCP", protocolPort=80)

    posts = [path for method, path in octavia.writes() if method == "POST" and path.endswith("/listeners")]
    assert len(posts) == 3
    assert octavia.objects["listeners"][listener.id]["provisioning_status"] == "ACTIVE"


def test_a_broken_load_balancer_takes_nothing_and_says_what_to_do(octavia: FakeOctavia, balancer: Created) -> None:
    """Its 409 would come for ever."""
    octavia.objects["loadbalancers"][balancer.id]["provisioning_status"] = "ERROR"
    octavia._left = 100

    with pytest.raises(ProviderError, match=r"409 .*immutable.*req-fake.*'web' .* is in ERROR .*failover"):
        made(octavia, LISTENER, name="l", loadbalancerId=balancer.id, protocol="TCP", protocolPort=80)


def test_a_part_that_breaks_is_kept_with_its_problem(octavia: FakeOctavia, balancer: Created) -> None:
    """It exists: its id is recorded, and its condition is told."""
    octavia.broken = True

    listener = made(octavia, LISTENER, name="l", loadbalancerId=balancer.id, protocol="TCP", protocolPort=80)

    assert listener.problems[0].startswith(f"listener 'l' ({listener.id}) went to ERROR: Octavia gives no reason")
    assert octavia.session().condition(LISTENER, listener.id, listener.outputs) is Condition.BROKEN


def test_a_wait_for_ones_turn_ends_with_the_action_s_limit(octavia: FakeOctavia, balancer: Created) -> None:
    """A stuck change does not hold the others for ever."""
    session = octavia.session()
    inputs = checked(LISTENER, name="l", loadbalancerId=balancer.id, protocol="TCP", protocolPort=80)

    with session._locks(f"load balancer {balancer.id}"), pytest.raises(ProviderError, match="gave up waiting for the"):
        session.create(LISTENER, inputs, seconds=0.2, created=lambda _: None)
    assert len(octavia.writes()) == 1


def test_what_was_taken_away_is_null(octavia: FakeOctavia, balancer: Created) -> None:
    """Octavia refuses "" where it wants an id or an address, and takes null as its default."""
    pool = made(octavia, POOL, name="p", loadbalancerId=balancer.id, protocol="HTTP", lbMethod="ROUND_ROBIN",
                persistence={"type": "HTTP_COOKIE"}, tags=["a"])  # fmt: skip
    new = checked(POOL, name="p", loadbalancerId=balancer.id, protocol="HTTP", lbMethod="ROUND_ROBIN")

    octavia.session().update(POOL, pool.id, pool.outputs, new, seconds=5)

    sent = [options["json"]["pool"] for method, _, options in octavia.sent if method == "PUT"]
    assert sent == [{"session_persistence": None, "tags": []}]


def test_a_member_is_imported_by_its_pool_and_recorded_by_its_own_id(octavia: FakeOctavia, balancer: Created) -> None:
    """As the official provider does, which reads it by the pool among its values."""
    pool = made(octavia, POOL, name="p", loadbalancerId=balancer.id, protocol="TCP", lbMethod="SOURCE_IP")
    member = made(octavia, MEMBER, poolId=pool.id, address="10.0.0.1", protocolPort=80)

    read = octavia.session().read(MEMBER, f"{pool.id}/{member.id}", {}, {})

    assert read is not None
    assert (read.id, read.outputs["poolId"], read.inputs["poolId"]) == (member.id, pool.id, pool.id)
    with pytest.raises(ProviderError, match="imported as pool/member"):
        octavia.session().read(MEMBER, member.id, {}, {})


def test_a_monitor_s_http_version_stays_as_it_was_given(octavia: FakeOctavia, balancer: Created) -> None:
    """The API has a number, which would lose the end of 1.0."""
    pool = made(octavia, POOL, name="p", loadbalancerId=balancer.id, protocol="HTTP", lbMethod="SOURCE_IP")
    monitor = made(octavia, MONITOR, poolId=pool.id, type="HTTP", delay=5, timeout=3, maxRetries=2, httpVersion="1.0")
    octavia.objects["healthmonitors"][monitor.id]["http_version"] = 1.0

    read = octavia.session().read(MONITOR, monitor.id, monitor.outputs, monitor.outputs)

    assert read is not None
    assert read.outputs["httpVersion"] == "1.0"


def test_what_hangs_on_nothing_is_named(octavia: FakeOctavia) -> None:
    """A pool that is gone: the member cannot be made, and its deletion is done."""
    with pytest.raises(ProviderError, match="member hangs on nothing: poolId gone does not exist"):
        made(octavia, MEMBER, poolId="gone", address="10.0.0.1", protocolPort=80)
    octavia.session().delete(MEMBER, "m", {"poolId": "gone"}, seconds=5)


def test_no_client_authentication_is_none_asked_for(octavia: FakeOctavia, balancer: Created) -> None:
    """Octavia says NONE: no change where the program says nothing, none where it says so."""
    for asked in ({}, {"clientAuthentication": "NONE"}):
        inputs = checked(LISTENER, name="l", loadbalancerId=balancer.id, protocol="TCP", protocolPort=80, **asked)
        listener = octavia.session().create(LISTENER, inputs, seconds=5, created=lambda _: None)
        octavia.objects["listeners"][listener.id]["client_authentication"] = "NONE"

        read = octavia.session().read(LISTENER, listener.id, inputs, listener.outputs)

        assert read is not None
        assert PROVIDER.diff(LISTENER, old_outputs=read.outputs, inputs=inputs, old_inputs={}).change is Change.SAME


def test_one_of_several_inputs_is_required_and_values_are_known() -> None:
    """Said before anything is made, all at once."""
    failures = PROVIDER.check(BALANCER, "x", {}).failures
    assert failures == ("vipNetworkId, vipSubnetId or vipPortId is required",)
    failures = PROVIDER.check(POOL, "x", {"protocol": "TCP", "lbMethod": "ANY", "loadbalancerId": "l"}).failures
    assert failures == ("lbMethod must be one of ROUND_ROBIN, LEAST_CONNECTIONS, SOURCE_IP, SOURCE_IP_PORT",)
