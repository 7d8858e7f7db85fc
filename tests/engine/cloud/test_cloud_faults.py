"""What goes wrong on a real cloud is told with its cause, and nothing that exists is lost sight of."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.provider import Condition, ProviderError

INSTANCE = "openstack:compute/instance:Instance"
NETWORK = "openstack:networking/network:Network"
VOLUME = "openstack:blockstorage/volume:Volume"
FLAVOR = "openstack:compute/flavor:Flavor"
QUOTA = "openstack:networking/quotaV2:QuotaV2"
PROJECT = "openstack:identity/project:Project"

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


def test_a_server_without_room_is_told_with_the_scheduler_s_words(ground: Any) -> None:
    """It exists in ERROR: the id is kept, the fault is a problem, an empty update does not hide it."""
    session = ground.session
    giant = session.create(
        FLAVOR, {"name": "giant", "ram": 64, "vcpus": 1, "disk": 90_000}, seconds=30, created=lambda _: None
    )
    inputs = ground.inputs(
        INSTANCE, {"name": "giant", "flavorId": giant.id, "imageId": "@image", "networks": [{"uuid": "@network"}]}
    )
    ground.resolved("@subnet")
    announced: list[str] = []
    made = session.create(INSTANCE, inputs, seconds=60, created=announced.append)
    try:
        assert announced == [made.id]
        project = f"admin ({ground.resolved('@own project')})"
        words = f"server 'giant' ({made.id}) went to ERROR: No valid host was found; in project {project}"
        assert made.problems == (words,)
        assert session.condition(INSTANCE, made.id, inputs) is Condition.BROKEN
        assert session.find(INSTANCE, inputs) == (made.id,)
        with pytest.raises(ProviderError, match=r"in ERROR: No valid host.*replace it"):
            session.update(INSTANCE, made.id, made.outputs, inputs, seconds=30)
    finally:
        session.delete(INSTANCE, made.id, made.outputs, seconds=60)
        session.delete(FLAVOR, giant.id, giant.outputs, seconds=30)


def test_a_volume_of_a_type_without_room_is_told_with_cinder_s_words(ground: Any) -> None:
    """The volume goes to error: its id is kept, and Cinder's user message is the problem."""
    session = ground.session
    ground.resolved("@ssd")
    inputs = ground.inputs(VOLUME, {"name": "giant", "size": 900_000, "volumeType": "ground-ssd"})
    project = ground.resolved("@own project")
    connection = session._connection
    connection.send("block-storage", "PUT", f"os-quota-sets/{project}", json={"quota_set": {"gigabytes": -1}})
    made = session.create(VOLUME, inputs, seconds=60, created=lambda _: None)
    try:
        assert made.problems[0].startswith(f"volume 'giant' ({made.id}) went to error: schedule allocate volume")
        assert session.condition(VOLUME, made.id, inputs) is Condition.BROKEN
    finally:
        session.delete(VOLUME, made.id, made.outputs, seconds=60)


def test_an_image_that_is_gone_is_told_by_its_id(ground: Any) -> None:
    """Nova says only that it cannot find it, not which."""
    gone = "00000000-0000-4000-8000-000000000000"
    inputs = ground.inputs(INSTANCE, {"name": "bare", "flavorId": "@flavor", "imageId": gone, "networkMode": "none"})

    text = (
        rf"POST compute /servers: 400 Can not find requested image \(request req-.*\); image {gone} could not be found"
    )
    with pytest.raises(ProviderError, match=text):
        ground.session.create(INSTANCE, inputs, seconds=30, created=lambda _: None)


def test_what_a_role_does_not_allow_is_told_with_the_policy(cloud: Any, ground: Any) -> None:
    """403, in the service's own words."""
    password = ground.resolved("@user") and "ground"
    role = ground.session.invoke("openstack:identity/getRole:getRole", {"name": "member"})
    assignment = "openstack:identity/roleAssignment:RoleAssignment"
    inputs = {"projectId": ground.resolved("@project"), "userId": ground.resolved("@user"), "roleId": role["id"]}
    given = ground.session.create(assignment, inputs, seconds=30, created=lambda _: None)
    theirs = {**cloud.environment, "OS_USERNAME": "ground", "OS_PASSWORD": password, "OS_PROJECT_NAME": "ground"}
    try:
        session, flavor = OpenStackProvider().session({}, theirs), {"name": "mine", "ram": 64, "vcpus": 1, "disk": 1}
        with pytest.raises(
            ServiceFault,
            match=r"POST compute /flavors: 403 Policy doesn't allow .*\(request req-.*\); in project ground",
        ):
            session.create(FLAVOR, flavor, seconds=30, created=lambda _: None)
    finally:
        ground.session.delete(assignment, given.id, given.outputs, seconds=30)


def test_a_quota_that_is_reached_is_told_with_call_and_request(ground: Any) -> None:
    """Method, service, status, Neutron's own words and the id of the request in its log."""
    session = ground.session
    project = session.create(PROJECT, {"name": "small"}, seconds=30, created=lambda _: None)
    session.create(QUOTA, {"projectId": project.id, "network": 0}, seconds=30, created=lambda _: None)
    try:
        with pytest.raises(ServiceFault) as caught:
            session.create(NETWORK, {"name": "one", "tenantId": project.id}, seconds=30, created=lambda _: None)
        assert caught.value.status == 409
        assert "POST network /networks: 409 Quota exceeded" in str(caught.value)
        assert "(request req-" in str(caught.value)
        assert str(caught.value).endswith(f"; for project {project.id}")
        assert not caught.value.temporary
    finally:
        session.delete(PROJECT, project.id, project.outputs, seconds=30)


def test_a_wrong_password_is_told_without_showing_it(cloud: Any) -> None:
    """Where to look, and not what was sent."""
    session = OpenStackProvider().session({}, {**cloud.environment, "OS_PASSWORD": "wrong-canary"})

    with pytest.raises(ProviderError, match=r"401.*check OS_USERNAME, OS_PASSWORD") as caught:
        session.read(NETWORK, "n", {}, {})

    assert "wrong-canary" not in str(caught.value)


def test_a_project_without_a_role_is_told_by_its_name(cloud: Any, ground: Any) -> None:
    """The credential is right, the scope is not: the message names the scope."""
    ground.resolved("@project")
    session = ground.provider.session({"tenantName": "ground"}, cloud.environment)

    with pytest.raises(ProviderError, match="no role in project_name ground"):
        session.read(NETWORK, "n", {}, {})


def test_a_tenant_s_session_works_in_the_tenant_s_project(cloud: Any, ground: Any) -> None:
    """A provider with tenantId: the same identity, another scope; what it makes belongs to the tenant."""
    me = ground.session.invoke("openstack:identity/getAuthScope:getAuthScope", {"name": "me"})
    role = ground.session.invoke("openstack:identity/getRole:getRole", {"name": "member"})
    assignment = "openstack:identity/roleAssignment:RoleAssignment"
    project = ground.resolved("@project")
    inputs = {"projectId": project, "userId": me["userId"], "roleId": role["id"]}
    given = ground.session.create(assignment, inputs, seconds=30, created=lambda _: None)
    tenant = ground.provider.session({"tenantId": project}, cloud.environment)
    made = tenant.create(NETWORK, {"name": "theirs"}, seconds=30, created=lambda _: None)
    try:
        assert made.outputs["tenantId"] == project
        assert tenant.find(NETWORK, {"name": "theirs"}) == (made.id,)
        assert ground.session.find(NETWORK, {"name": "theirs"}) == ()
    finally:
        tenant.delete(NETWORK, made.id, made.outputs, seconds=30)
        ground.session.delete(assignment, given.id, given.outputs, seconds=30)


def test_a_deleted_project_leaves_no_security_group_behind(ground: Any) -> None:
    """Neutron makes a `default` group for a project that builds in it, and never hears of its end."""
    session, connection = ground.session, ground.session._connection
    project = session.create(PROJECT, {"name": "brief"}, seconds=30, created=lambda _: None)
    network = session.create(NETWORK, {"name": "brief", "tenantId": project.id}, seconds=30, created=lambda _: None)
    port = "openstack:networking/port:Port"
    made = session.create(
        port, {"networkId": network.id, "tenantId": project.id, "name": "p"}, seconds=30, created=lambda _: None
    )
    assert len(_groups_of(connection, project.id)) == 1
    session.delete(port, made.id, made.outputs, seconds=30)
    session.delete(NETWORK, network.id, network.outputs, seconds=30)

    session.delete(PROJECT, project.id, project.outputs, seconds=30)

    assert _groups_of(connection, project.id) == []


def _groups_of(connection: Any, project: str) -> list[str]:
    """Asked without a filter by project: that alone would make Neutron create the group."""
    groups = connection.send("network", "GET", "security-groups").body["security_groups"]
    return [group["name"] for group in groups if group["tenant_id"] == project]


def test_a_name_that_is_taken_is_told_as_such(ground: Any) -> None:
    """409 from Keystone, in its own words."""
    ground.resolved("@project")

    with pytest.raises(ServiceFault, match="409 Conflict occurred attempting to store project"):
        ground.session.create(PROJECT, {"name": "ground"}, seconds=30, created=lambda _: None)


def test_a_look_up_that_finds_nothing_says_what_was_looked_for(ground: Any) -> None:
    """So does one that finds several."""
    with pytest.raises(ProviderError, match="there is no Network with name='nowhere'"):
        ground.session.invoke("openstack:networking/getNetwork:getNetwork", {"name": "nowhere"})
    ground.resolved("@subnet")
    ground.resolved("@external subnet")
    with pytest.raises(ProviderError, match="say more to mean one of"):
        ground.session.invoke("openstack:networking/getSubnet:getSubnet", {})


def test_many_interfaces_on_one_router_do_not_collide(ground: Any) -> None:
    """Neutron answers 409 to concurrent changes of a router: they take turns, the rest runs at once."""
    subnet, interface = "openstack:networking/subnet:Subnet", "openstack:networking/routerInterface:RouterInterface"
    session, router, network = ground.session, ground.resolved("@router"), ground.resolved("@network")

    def lead(number: int) -> tuple[str, Any, str, Any]:
        inputs = {"name": f"leg-{number}", "networkId": network, "cidr": f"10.62.{number}.0/24", "ipVersion": 4}
        made = session.create(subnet, inputs, seconds=60, created=lambda _: None)
        led = session.create(interface, {"routerId": router, "subnetId": made.id}, seconds=60, created=lambda _: None)
        return made.id, made.outputs, led.id, led.outputs

    def remove(leg: tuple[str, Any, str, Any]) -> None:
        session.delete(interface, leg[2], leg[3], seconds=60)
        session.delete(subnet, leg[0], leg[1], seconds=60)

    with ThreadPoolExecutor(6) as pool:
        legs = list(pool.map(lead, range(6)))
        assert len({leg[2] for leg in legs}) == 6
        list(pool.map(remove, legs))
    assert all(session.read(interface, leg[2], {}, leg[3]) is None for leg in legs)
