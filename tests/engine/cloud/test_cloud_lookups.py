"""Functions on a real cloud: what they find, and what they say when it is nothing or more than one."""

import importlib
import time
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from cloud_lookup_cases import CASES

from orchestrator.engine.cloud.lookups.table import FUNCTIONS
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.schema import snake_case
from orchestrator.engine.provider import ProviderError

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of its own old names, while it is imported

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the package's submodules are imported when first used
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]


@pytest.fixture(scope="module")
def looked_at(ground: Any) -> Iterator[Any]:
    """Yield the ground with objects on it that no program can make: snapshots, rules of two kinds, flavors."""
    for name in ("ssd", "external subnet"):
        ground.resolved(f"@{name}")
    volume, policy = ground.resolved("@volume"), ground.resolved("@second qos policy")
    marking = f"qos/policies/{policy}/dscp_marking_rules"
    minimum = f"qos/policies/{policy}/minimum_bandwidth_rules"
    snapshots = [_snapshot(ground, volume, name) for name in ("look", "look-2")]
    _send(ground, "network", "POST", marking, {"dscp_marking_rule": {"dscp_mark": 26}})
    _send(ground, "network", "POST", minimum, {"minimum_bandwidth_rule": {"min_kbps": 100}})
    flavors = _balancer_flavors(ground)
    yield ground
    for path in flavors:
        _send(ground, "load-balancer", "DELETE", path)
    for snapshot in snapshots:
        _send(ground, "block-storage", "DELETE", snapshot)
    _until_gone(ground, snapshots)


def _snapshot(ground: Any, volume: str, name: str) -> str:
    body = {"snapshot": {"volume_id": volume, "name": name, "metadata": {"a": "1"}}}
    path = f"snapshots/{_send(ground, 'block-storage', 'POST', 'snapshots', body)['snapshot']['id']}"
    end = time.monotonic() + 30
    while _send(ground, "block-storage", "GET", path)["snapshot"]["status"] != "available":
        assert time.monotonic() < end
        time.sleep(0.1)  # noqa: TID251 (polls the service, with a limit)
    return path


def _balancer_flavors(ground: Any) -> list[str]:
    """A profile, and two flavors of it; as paths, in the order in which they may go."""
    profile = {"name": "look", "provider_name": "amphora", "flavor_data": '{"loadbalancer_topology": "SINGLE"}'}
    body = {"flavorprofile": profile}
    made = _send(ground, "load-balancer", "POST", "lbaas/flavorprofiles", body)["flavorprofile"]["id"]
    paths = []
    for name in ("look", "look-2"):
        flavor = {"flavor": {"name": name, "description": "d", "flavor_profile_id": made}}
        paths.append(f"lbaas/flavors/{_send(ground, 'load-balancer', 'POST', 'lbaas/flavors', flavor)['flavor']['id']}")
    return [*paths, f"lbaas/flavorprofiles/{made}"]


def _until_gone(ground: Any, paths: list[str]) -> None:
    end = time.monotonic() + 30
    connection = ground.session._connection
    while any(connection.send("block-storage", "GET", path).status != 404 for path in paths):
        assert time.monotonic() < end
        time.sleep(0.1)  # noqa: TID251 (polls the service, with a limit)


def _send(ground: Any, service: str, method: str, path: str, body: Any = None) -> Any:
    sent = {} if body is None else {"json": body}
    answer = ground.session._connection.send(service, method, path, **sent)
    assert answer.status < 300, answer.text
    return answer.body


def _ask(ground: Any, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    token = f"openstack:{name}:{name.split('/')[1]}"
    return dict(ground.session.invoke(token, ground.resolved(arguments)))


def test_every_function_has_a_case() -> None:
    """A function that nobody has asked a real service is not carried out."""
    assert set(CASES) == {token.split(":")[1] for token in FUNCTIONS}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_function_tells_what_there_is(name: str, looked_at: Any) -> None:
    """Every result that the package has, of the type that it says, with the values of the real object."""
    case = CASES[name]
    for needed in case.needs:
        looked_at.resolved(f"@{needed}")
    expected = looked_at.resolved(case.shows)  # what is shown is there before it is looked for

    told = _ask(looked_at, name, case.found)

    assert {key: told.get(key) for key in expected} == expected
    lookup = FUNCTIONS[f"openstack:{name}:{name.split('/')[1]}"]
    assert {key for key in lookup.results if told.get(key) is None} == set()
    _hydrated(name, told)


def _hydrated(name: str, told: dict[str, Any]) -> Any:
    """The package's own class checks the types; a name that it does not know is an error."""
    service, function = name.split("/")
    module = importlib.import_module(f"pulumi_openstack.{service}.{snake_case(function)}")
    made = getattr(module, f"G{function[1:]}Result")
    return made(**{snake_case(key): value for key, value in told.items()})


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.nothing is not None))
def test_a_function_that_finds_nothing_says_what_was_looked_for(name: str, looked_at: Any) -> None:
    """The program's mistake, or an object that is not there yet."""
    arguments = looked_at.resolved(CASES[name].nothing)
    what = name.split("/")[1].removeprefix("get")

    with pytest.raises(ProviderError, match=f"no result: there is no {what} with ") as caught:
        _ask(looked_at, name, arguments)

    assert all(f"{key}={value!r}" in str(caught.value) for key, value in arguments.items())


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.several is not None))
def test_a_function_that_finds_several_names_them(name: str, looked_at: Any) -> None:
    """None of them is taken by chance."""
    case = CASES[name]
    for needed in case.needs:
        looked_at.resolved(f"@{needed}")

    with pytest.raises(ProviderError, match=r"more than one result: \d+ of .*say more to mean one of"):
        _ask(looked_at, name, case.several or {})


def test_lists_that_nothing_is_in_are_no_error(looked_at: Any) -> None:
    """The functions that answer with ids answer with none."""
    for name in ("networking/getPortIds", "networking/getSubnetIdsV2", "images/getImageIds"):
        assert _ask(looked_at, name, {"name": "nowhere"})["ids"] == []
    assert _ask(looked_at, "identity/getProjectIdsV3", {"name": "nowhere"})["ids"] == []
    assert _ask(looked_at, "compute/getAvailabilityZones", {"state": "unavailable"})["names"] == []


def test_the_token_is_told_to_those_who_ask(looked_at: Any) -> None:
    """And to nobody else."""
    assert _ask(looked_at, "identity/getAuthScope", {"name": "me", "setTokenId": True})["tokenId"]


def test_a_member_finds_its_own_project(cloud: Any, looked_at: Any) -> None:
    """Keystone lets nobody but an administrator list all projects."""
    role = _ask(looked_at, "identity/getRole", {"name": "member"})
    kind = "openstack:identity/roleAssignment:RoleAssignment"
    inputs = {"projectId": looked_at.resolved("@project"), "userId": looked_at.resolved("@user"), "roleId": role["id"]}
    given = looked_at.session.create(kind, inputs, seconds=30, created=lambda _: None)
    theirs = {**cloud.environment, "OS_USERNAME": "ground", "OS_PASSWORD": "ground", "OS_PROJECT_NAME": "ground"}
    try:
        session = OpenStackProvider().session({}, theirs)
        for arguments in ({"name": "ground"}, {"projectId": inputs["projectId"]}):
            told = session.invoke("openstack:identity/getProject:getProject", arguments)
            assert told["id"] == inputs["projectId"]
        with pytest.raises(ProviderError, match="no result"):
            session.invoke("openstack:identity/getProject:getProject", {"name": "admin"})
    finally:
        looked_at.session.delete(kind, given.id, given.outputs, seconds=30)


def test_another_region_is_refused(looked_at: Any) -> None:
    """A session speaks to one; the argument is not left unread."""
    with pytest.raises(ProviderError, match="region 'elsewhere' is not the session's"):
        _ask(looked_at, "networking/getNetwork", {"name": "ground", "region": "elsewhere"})
