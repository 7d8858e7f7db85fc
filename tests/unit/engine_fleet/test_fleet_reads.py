"""Reads from lists: asked for once, believed only where they agree with the record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from answering_cloud import Cloud

from orchestrator.engine.cloud import waits
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.locks import Locks
from orchestrator.engine.cloud.session import OpenStackSession
from orchestrator.engine.fleet.listed import ListedConnection
from orchestrator.engine.fleet.lists import LIST_SECONDS, Lists
from orchestrator.engine.fleet.lookups import Lookups
from orchestrator.engine.fleet.results import Effort
from orchestrator.engine.fleet.session import FleetSession, Unlisted
from orchestrator.engine.fleet.tally import Tally
from orchestrator.engine.provider import Properties, ProviderError, Read

NETWORK = "openstack:networking/network:Network"
QUOTA = "openstack:compute/quotaSetV2:QuotaSetV2"
ROLE = "openstack:identity/roleAssignment:RoleAssignment"
ATTACHED = "openstack:compute/volumeAttach:VolumeAttach"


def network(name: str = "net", **more: Any) -> dict[str, Any]:
    return {"id": "n1", "name": name, "admin_state_up": True, "tags": [], **more}


class Reading:
    """One session of a fleet over a cloud."""

    def __init__(
        self, cloud: Cloud, unlisted: Unlisted = Unlisted.READ, patience: float = LIST_SECONDS, **more: Any
    ) -> None:
        self.cloud = cloud
        self.tally = Tally()
        listed = ListedConnection(cloud, Lists(cloud, Event(), patience))
        self.session = FleetSession(
            cloud, Locks(), None, listed=listed, tally=self.tally, lookups=Lookups(), unlisted=unlisted, **more
        )

    def recorded(self, kind: str, id_: str, inputs: Properties) -> Read:
        """What a single read tells, as it would stand in the state."""
        found = OpenStackSession(self.cloud, Locks()).read(kind, id_, inputs, dict(inputs))
        assert found is not None
        self.cloud.sent.clear()
        return found

    def read(self, kind: str, id_: str, recorded: Read) -> Read | None:
        return self.session.read(kind, id_, recorded.inputs, recorded.outputs)


@pytest.fixture
def cloud() -> Cloud:
    return Cloud(**{"networks": {"networks": [network()]}, "networks/n1": {"network": network()}})


def test_a_list_that_agrees_with_the_record_is_all_that_is_asked(cloud: Cloud) -> None:
    """A hundred reads from many threads, one call."""
    reading = Reading(cloud)
    recorded = reading.recorded(NETWORK, "n1", {"name": "net"})

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: reading.read(NETWORK, "n1", recorded), range(100)))

    assert found == [recorded] * 100
    assert cloud.sent == ["networks"]
    assert reading.tally.effort == Effort(listed=100)


def test_a_difference_is_read_by_itself_before_it_is_told(cloud: Cloud) -> None:
    """The list is older than the object: what the object says counts."""
    reading = Reading(cloud)
    recorded = reading.recorded(NETWORK, "n1", {"name": "net"})
    cloud.answers["networks"] = {"networks": [network(name="stale")]}

    assert reading.read(NETWORK, "n1", recorded) == recorded
    cloud.answers["networks/n1"] = {"network": network(name="theirs")}
    found = reading.read(NETWORK, "n1", recorded)
    assert found is not None
    assert found.outputs["name"] == "theirs"
    assert cloud.sent == ["networks", "networks/n1", "networks/n1"]
    assert reading.tally.effort == Effort(confirmed=2)


def test_what_a_list_leaves_out_is_not_gone(cloud: Cloud) -> None:
    """A credential that sees a part only, or a page lost between two: the object itself is asked."""
    reading = Reading(cloud)
    recorded = reading.recorded(NETWORK, "n1", {"name": "net"})
    cloud.answers["networks"] = {"networks": []}

    assert reading.read(NETWORK, "n1", recorded) == recorded
    cloud.answers["networks/n1"] = 404
    assert reading.read(NETWORK, "n1", recorded) is None


@pytest.mark.parametrize("status", [403, 404])
def test_a_list_that_is_refused_leaves_single_reads(cloud: Cloud, status: int) -> None:
    """No right to list all projects, or no such extension: each is read by itself, and the list asked for once."""
    reading = Reading(cloud)
    recorded = reading.recorded(NETWORK, "n1", {"name": "net"})
    cloud.answers["networks"] = status

    assert [reading.read(NETWORK, "n1", recorded) for _ in range(3)] == [recorded] * 3
    assert cloud.sent == ["networks", *["networks/n1"] * 3]
    assert reading.tally.effort == Effort(single=3)


def test_a_service_that_is_down_is_asked_for_its_list_once(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand resources would else wait a thousand times for the same answer."""
    monkeypatch.setattr(waits, "FIRST_BACKOFF", 0.001)
    reading = Reading(cloud)
    recorded = reading.recorded(NETWORK, "n1", {"name": "net"})
    cloud.answers["networks"] = 502

    for _ in range(3):
        with pytest.raises(ServiceFault, match="GET network /networks: 502"):
            reading.read(NETWORK, "n1", recorded)
    assert set(cloud.sent) == {"networks"}
    assert len(cloud.sent) == 4  # the attempts of one call


@pytest.mark.parametrize(("unlisted", "asked"), [(Unlisted.READ, 1), (Unlisted.LEAVE, 0)])
def test_what_no_list_tells_is_read_by_itself_or_left(unlisted: Unlisted, asked: int) -> None:
    """Nova tells quotas a project at a time."""
    cloud = Cloud(**{"os-quota-sets/p": {"quota_set": {"cores": 4}}})
    reading = Reading(cloud, unlisted)
    recorded = reading.recorded(QUOTA, "p/R", {"projectId": "p", "cores": 4})

    assert reading.read(QUOTA, "p/R", recorded) == recorded
    assert len(cloud.sent) == asked
    assert bool(reading.tally.why_unread(QUOTA, "p/R")) is not bool(asked)


def test_what_a_program_looks_at_is_read_from_the_cloud(cloud: Cloud) -> None:
    """Nothing is recorded of it that a list could agree with."""
    reading = Reading(cloud)

    assert reading.session.read(NETWORK, "n1", {}, {}) is not None
    assert cloud.sent == ["networks/n1"]


def test_assignments_and_attachments_are_found_in_lists_of_their_wholes() -> None:
    """All role assignments in one call; a volume says on which server it is."""
    assigned = {"role": {"id": "r"}, "user": {"id": "u"}, "scope": {"project": {"id": "p"}}}
    volume = {"id": "v", "attachments": [{"server_id": "s", "device": "/dev/vdb"}]}
    cloud = Cloud(
        **{
            "role_assignments": {"role_assignments": [assigned]},
            "volumes/detail": {"volumes": [volume]},
            "servers/s/os-volume_attachments/v": {"volumeAttachment": {"device": "/dev/vdb"}},
        }
    )
    reading = Reading(cloud)
    role = reading.recorded(ROLE, "/p//u/r", {"projectId": "p", "userId": "u", "roleId": "r"})
    attached = reading.recorded(ATTACHED, "s/v", {"instanceId": "s", "volumeId": "v"})

    assert reading.read(ROLE, "/p//u/r", role) == role
    assert reading.read(ATTACHED, "s/v", attached) == attached
    assert cloud.sent == ["role_assignments", "volumes/detail"]
    assert reading.tally.effort == Effort(listed=2)


def test_a_look_up_is_made_once_for_all_programs() -> None:
    """Each gets a copy of its own; a failure is asked for again."""
    lookups, connection, calls = Lookups(), Cloud(), []

    def ask() -> Properties:
        calls.append(1)
        if len(calls) == 1:
            raise ProviderError("down")
        return {"tags": ["a"]}

    with pytest.raises(ProviderError):
        lookups.once(connection, "f", {"name": "x"}, ask)
    first = lookups.once(connection, "f", {"name": "x"}, ask)
    first["tags"].append("b")
    assert lookups.once(connection, "f", {"name": "x"}, ask) == {"tags": ["a"]}
    assert lookups.once(Cloud(), "f", {"name": "x"}, ask) == {"tags": ["a"]}
    assert len(calls) == 3


SERVER = "openstack:compute/instance:Instance"
GROUP = "openstack:compute/serverGroup:ServerGroup"


def test_an_idle_difference_needs_no_second_look(cloud: Cloud) -> None:
    """What is ignored may differ: the object is as recorded, and costs no call of its own."""
    reading = Reading(cloud, ignored=lambda _kind: ("description",))
    recorded = reading.recorded(NETWORK, "n1", {"name": "net"})
    cloud.answers["networks"] = {"networks": [network(description="changed")]}

    assert reading.read(NETWORK, "n1", recorded) == recorded
    assert cloud.sent == ["networks"]


def test_a_list_counts_where_a_narrow_credential_is_told_404(cloud: Cloud) -> None:
    """Nova answers so for each server of another project, and lists them all: what it lists is not gone."""
    reading = Reading(cloud, narrow=True)
    recorded = reading.recorded(NETWORK, "n1", {"name": "net"})
    cloud.answers |= {"networks": {"networks": [network(name="theirs")]}, "networks/n1": 404}

    found = reading.read(NETWORK, "n1", recorded)
    assert found is not None
    assert found.outputs["name"] == "theirs"
    cloud.answers["networks"] = {"networks": []}
    assert Reading(cloud, narrow=True).read(NETWORK, "n1", recorded) is None


@pytest.mark.parametrize("narrow", [True, False])
def test_what_is_never_shown_is_not_gone(narrow: bool) -> None:  # noqa: FBT001 a parameter of the test
    """Nova shows other projects' server groups to administrators alone; to one of those it is gone."""
    cloud = Cloud(**{"os-server-groups": {"server_groups": []}})
    reading = Reading(cloud, narrow=narrow)
    found = reading.session.read(GROUP, "g", {"name": "g"}, {"name": "g"})
    assert (found is not None) is narrow
    assert bool(reading.tally.why_unread(GROUP, "g")) is narrow


def test_a_service_that_is_down_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its quotas, which no list tells, are not asked for one by one after its list has failed."""
    monkeypatch.setattr(waits, "sleep", lambda _seconds: None, raising=False)
    cloud = Cloud(**{"servers/detail": 503, "os-quota-sets/p": {"quota_set": {"cores": 4}}})
    reading = Reading(cloud, patience=0.0)
    recorded = reading.recorded(QUOTA, "p/R", {"projectId": "p", "cores": 4})
    with pytest.raises(ProviderError):
        reading.session.read(SERVER, "s", {"name": "s"}, {"name": "s"})
    cloud.sent.clear()
    with pytest.raises(ProviderError):
        reading.read(QUOTA, "p/R", recorded)
    assert cloud.sent == []
