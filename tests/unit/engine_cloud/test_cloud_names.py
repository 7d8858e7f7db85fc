"""Zones and records: waited for, told when they fail, in another project when asked."""

from typing import Any

import pytest
from fake_designate import FakeDesignate

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.provider import Change, Created, ProviderError

ZONE, RECORDS = "openstack:dns/zone:Zone", "openstack:dns/recordSet:RecordSet"
PROVIDER = OpenStackProvider()


def checked(kind: str, **inputs: Any) -> Any:
    done = PROVIDER.check(kind, "x", inputs)
    assert done.failures == ()
    return done.inputs


def made(designate: FakeDesignate, kind: str, **inputs: Any) -> Created:
    return designate.session().create(kind, checked(kind, **inputs), seconds=5, created=lambda _: None)


def zone(designate: FakeDesignate, **inputs: Any) -> Created:
    return made(designate, ZONE, name="ville.test.", email="dns@ville.test", **inputs)


@pytest.fixture
def designate() -> FakeDesignate:
    return FakeDesignate()


def test_a_zone_is_waited_for(designate: FakeDesignate) -> None:
    """Designate answers before its servers know."""
    made_ = zone(designate, valueSpecs={"extra": "1"})

    assert designate.zones[made_.id]["status"] == "ACTIVE"
    assert designate.sent[0][2]["json"] == {"name": "ville.test.", "email": "dns@ville.test", "extra": "1"}
    inputs = checked(ZONE, name="ville.test.", email="dns@ville.test", valueSpecs={"extra": "1"})
    assert PROVIDER.diff(ZONE, old_outputs=made_.outputs, inputs=inputs, old_inputs={}).change is Change.SAME


def test_a_status_that_is_not_to_be_watched_is_not(designate: FakeDesignate) -> None:
    """`disableStatusCheck`: one call for the creation, one for the deletion."""
    made_ = zone(designate, disableStatusCheck=True)
    designate.session().delete(ZONE, made_.id, made_.outputs, seconds=5)

    assert [method for method, _, _ in designate.sent] == ["POST", "DELETE"]


def test_a_zone_that_its_servers_refuse_is_kept_with_its_problem(designate: FakeDesignate) -> None:
    """It exists, and the next run must know it."""
    designate.status = "ERROR"

    made_ = zone(designate)

    (problem,) = made_.problems
    assert problem.startswith(
        f"zone 'ville.test.' ({made_.id}) went to ERROR on CREATE: Designate gives no reason, its worker's log has it"
    )
    with pytest.raises(ProviderError, match=r"'ville\.test\.' .* could not be deleted on DELETE: Designate"):
        designate.session().delete(ZONE, made_.id, made_.outputs, seconds=5)


def test_a_zone_of_another_project_is_spoken_for(designate: FakeDesignate) -> None:
    """By headers, on every call about it and on none about others."""
    made_ = zone(designate, projectId="theirs")
    session = designate.session()
    assert session.find(ZONE, checked(ZONE, name="ville.test.", projectId="theirs")) == (made_.id,)
    assert session.read(ZONE, made_.id, {}, {}) is None

    read = session.read(ZONE, f"{made_.id}:theirs", {}, {})

    assert read is not None
    assert (read.id, read.outputs["projectId"]) == (made_.id, "theirs")
    assert designate.sent[0][2]["headers"]["X-Auth-Sudo-Tenant-ID"] == "theirs"
    assert "json" not in designate.sent[-1][2]


def test_records_live_in_their_zone(designate: FakeDesignate) -> None:
    """Their id is `zone/recordset`; what tells them apart there is name and type."""
    parent = zone(designate).id
    inputs = {"zoneId": parent, "name": "www.ville.test.", "type": "A", "records": ["10.0.0.2", "10.0.0.1"]}
    records = made(designate, RECORDS, **inputs)
    session = designate.session()

    assert records.id == f"{parent}/recordset-1"
    assert records.outputs["records"] == ["10.0.0.1", "10.0.0.2"]
    assert session.find(RECORDS, checked(RECORDS, **inputs)) == (records.id,)
    new = checked(RECORDS, **{**inputs, "records": ["10.0.0.3"], "ttl": 60})
    outputs = session.update(RECORDS, records.id, records.outputs, new, seconds=5)
    assert (outputs["records"], outputs["ttl"]) == (["10.0.0.3"], 60)
    session.delete(RECORDS, records.id, outputs, seconds=5)
    session.delete(RECORDS, records.id, outputs, seconds=5)
    assert session.read(RECORDS, records.id, new, outputs) is None


def test_records_are_imported_from_another_project_as_well(designate: FakeDesignate) -> None:
    """`project/zone/recordset`, as the official provider takes it."""
    parent = zone(designate, projectId="theirs").id
    records = made(designate, RECORDS, zoneId=parent, name="a.ville.test.", type="A", records=["10.0.0.1"],
                   projectId="theirs")  # fmt: skip

    read = designate.session().read(RECORDS, f"theirs/{records.id}", {}, {})

    assert read is not None
    assert (read.id, read.inputs["zoneId"]) == (records.id, parent)
    with pytest.raises(ProviderError, match="must be zone/recordset"):
        designate.session().read(RECORDS, "recordset-1", {}, {})
