"""Designate in the session's cloud, through its API: zones, record sets, quotas, and who may do what."""

import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cloud_fixture import RunningCloud
from openstack.connection import Connection
from openstack.exceptions import ForbiddenException, HttpException, NotFoundException

from lab.control_plane import DESIGNATE
from lab.definition import load_definition
from lab.waiting import wait_until

pytestmark = pytest.mark.cloud

ALL = {"X-Auth-All-Projects": "true"}
ADDRESS_TYPE = 1  # A, in RFC 1035


def _active(read: Callable[[], Any]) -> Any:
    """Wait until what is read is active and nothing is being done to it; return it."""
    assert wait_until(lambda: (read().status, read().action) == ("ACTIVE", "NONE"), seconds=60), read()
    return read()


def _gone(read: Callable[[], Any]) -> bool:
    def missing() -> bool:
        try:
            read()
        except NotFoundException:
            return True
        return False

    return wait_until(missing, seconds=60)


@pytest.fixture
def zone(member: Connection) -> Iterator[Any]:
    """Yield an active zone whose name is this project's own."""
    name = f"{member.current_project_id[:12]}.example."
    made = member.dns.create_zone(name=name, email="registrar@museum.example", ttl=600, description="museum")
    yield _active(lambda: member.dns.get_zone(made.id))
    member.dns.delete_zone(made, ignore_missing=True)


def test_a_zone_is_made_changed_and_deleted(member: Connection, zone: Any) -> None:
    """It becomes active each time with the values asked for, and is gone in the end.

    Its serial number is Designate's own affair: a change that falls into the raising of the last one may keep it.
    """
    assert (zone.ttl, zone.email, zone.type) == (600, "registrar@museum.example", "PRIMARY")
    member.dns.update_zone(zone, ttl=700, email="other@museum.example", description="library")
    changed = _active(lambda: member.dns.get_zone(zone.id))
    assert (changed.ttl, changed.email, changed.description) == (700, "other@museum.example", "library")
    member.dns.delete_zone(zone)
    assert _gone(lambda: member.dns.get_zone(zone.id))


def test_records_are_made_changed_and_deleted(member: Connection, zone: Any) -> None:
    """Several records a set; a time to live of its own, which can be taken away again."""
    name = f"www.{zone.name}"
    made = member.dns.create_recordset(zone, name=name, type="A", records=["192.0.2.1", "192.0.2.2"], ttl=300)
    active = _active(lambda: member.dns.get_recordset(made.id, zone))
    assert (active.ttl, sorted(active.records)) == (300, ["192.0.2.1", "192.0.2.2"])
    member.dns.update_recordset(active, records=["192.0.2.9"], ttl=None)
    changed = _active(lambda: member.dns.get_recordset(made.id, zone))
    assert (changed.ttl, changed.records) == (None, ["192.0.2.9"])
    assert {record.type for record in member.dns.recordsets(zone)} == {"SOA", "NS", "A"}
    member.dns.delete_recordset(made, zone)
    assert _gone(lambda: member.dns.get_recordset(made.id, zone))


def _asked(port: int, name: str) -> tuple[int, bytes]:
    """Ask a name server for an address (RFC 1035); return the code of its answer and the answer's last four bytes."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split("."))
    query = struct.pack("!6H", 7, 0, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", ADDRESS_TYPE, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(10)
        client.sendto(query, ("127.0.0.1", port))
        answer = client.recv(512)
    return answer[3] & 0xF, answer[-4:]


def test_a_name_server_answers(cloud: RunningCloud, member: Connection, zone: Any) -> None:
    """MiniDNS says over the wire what stands in the zone, and refuses what stands in none."""
    definition = load_definition(cloud.handle.layout)
    assert definition is not None
    _, port = DESIGNATE.ports(definition.port_base)
    made = member.dns.create_recordset(zone, name=f"www.{zone.name}", type="A", records=["192.0.2.77"])
    _active(lambda: member.dns.get_recordset(made.id, zone))
    assert _asked(port, made.name) == (0, socket.inet_aton("192.0.2.77"))
    assert _asked(port, "www.elsewhere.example.")[0] != 0


def test_quotas_hold(admin: Connection, member: Connection, zone: Any) -> None:
    """An administrator sets them, the member meets them; taken away they are the default ones again."""
    quota = f"/quotas/{member.current_project_id}"
    assert admin.dns.patch(quota, json={"zones": 1, "zone_recordsets": 5}, headers=ALL).json()["zones"] == 1
    with pytest.raises(HttpException, match="Quota exceeded for zones"):
        member.dns.create_zone(name=f"second.{zone.name}", email="registrar@museum.example")
    assert member.dns.patch(quota, json={"zones": 9}).status_code == 403
    assert admin.dns.delete(quota, headers=ALL).status_code == 204
    assert admin.dns.get(quota, headers=ALL).json()["zones"] > 1


def test_a_name_belongs_to_one_project(admin: Connection, member: Connection, zone: Any) -> None:
    """A second zone of the same name is refused, and so is a record outside of its zone."""
    with pytest.raises(HttpException, match="already exists"):
        admin.dns.create_zone(name=zone.name, email="other@museum.example")
    with pytest.raises(HttpException, match="not contained"):
        member.dns.create_recordset(zone, name="www.elsewhere.example.", type="A", records=["192.0.2.1"])


def test_the_reader_reads_and_changes_nothing(reader: Connection, member: Connection, zone: Any) -> None:
    """It sees all projects' zones and records when it asks for them; every change is refused."""
    made = member.dns.create_recordset(zone, name=f"www.{zone.name}", type="A", records=["192.0.2.1"])
    zones = reader.dns.get("/zones", headers=ALL).json()["zones"]
    assert zone.id in {found["id"] for found in zones}
    records = reader.dns.get(f"/zones/{zone.id}/recordsets", headers=ALL).json()["recordsets"]
    assert made.id in {found["id"] for found in records}
    assert reader.dns.get(f"/quotas/{member.current_project_id}", headers=ALL).status_code == 200
    with pytest.raises(ForbiddenException):
        reader.dns.create_zone(name="never.example.", email="never@museum.example")
    for method, path in (("patch", f"/zones/{zone.id}"), ("delete", f"/zones/{zone.id}")):
        assert getattr(reader.dns, method)(path, headers=ALL, json={"ttl": 60}).status_code == 403
    assert reader.dns.patch("/quotas/abc", json={"zones": 1}, headers=ALL).status_code == 403
