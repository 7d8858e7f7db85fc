"""A container that members share, in a real Swift: who is let in, who is not, and nobody once it is shared no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from demo_region import DemoRegion, make_region
from object_store_user import ObjectStoreUser, account_of
from scenario_cloud import SECONDS, clear_region, held, on_cloud
from scenario_regions import SCENARIOS, changed, read, retire, write

from orchestrator.flow.act import AGAIN

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.filterwarnings("ignore:Support for InfluxDB"),  # openstacksdk about itself
]
OWNER = "tenants/archives.yaml"
USERS = {"mediatheque": "write", "lycee": "read"}
CREATED, OK, GONE, FORBIDDEN = 201, 200, 204, 403


def member(region: Path, name: str, siren: str, **more: Any) -> None:
    """A member with nothing but a project."""
    document = read(region / "tenants/mediatheque.yaml")
    keep = ("member", "agreement", "contacts", "sensitivity", "site", "quota")
    document["spec"] = {field: document["spec"][field] for field in keep} | more
    document["spec"]["member"]["siren"] = siren
    document["metadata"]["name"] = name
    write(region / f"tenants/{name}.yaml", document)


def used(name: str) -> list[dict[str, str]]:
    return [{"tenant": "archives", "container": "scans", "agreement": f"CONV-{name}"}]


@pytest.fixture
def region(scenario_base: DemoRegion, tmp_path: Path) -> Iterator[DemoRegion]:
    """Cloudwatt, whose archives let the library write and a school read; a fourth member has no part in it."""
    made = on_cloud(scenario_base, make_region(tmp_path, SCENARIOS / "cloudwatt"))
    shares = [{"tenant": name, "agreement": f"CONV-{name}", "access": access} for name, access in USERS.items()]
    changed(made.folder, {OWNER: {"objectContainers.0.sharedWith": shares, "sensitivity": "public"}})
    changed(made.folder, {"tenants/mediatheque.yaml": {"sharedContainers": used("mediatheque")}})
    member(made.folder, "lycee", "000001032", sharedContainers=used("lycee"))
    member(made.folder, "musee", "000001040")
    cloud = made.connection()
    try:
        yield made
    finally:
        clear_region(cloud)


@pytest.fixture
def users(region: DemoRegion) -> Iterator[dict[str, ObjectStoreUser]]:
    """One of each member but the owner, whose projects the first apply makes: so it is made here."""
    report = region.apply(seconds=SECONDS)
    assert {one["step"]: one["note"] for one in report["outcomes"] if one["note"]} == {"tenant/archives": AGAIN}
    made = {name: ObjectStoreUser(region.connection(), name) for name in (*USERS, "musee")}
    yield made
    for one in made.values():
        one.close()


@pytest.mark.timeout(4 * SECONDS)
def test_a_shared_container_is_open_for_those_that_both_members_name(
    region: DemoRegion, users: dict[str, ObjectStoreUser]
) -> None:
    """Ids that nobody knew at first are used by the same run, the next plan is empty; a hand's opening is put back."""
    cloud: Any = region.connection()
    scans = f"{account_of(cloud, 'archives')}/scans"
    writer, reader, stranger = users["mediatheque"], users["lycee"], users["musee"]
    assert region.plan()["steps"] == []

    assert [writer.ask("PUT", f"{scans}/deed", text) for text in (b"first", b"second")] == [CREATED, CREATED]
    assert [one.ask("GET", f"{scans}/deed") for one in (writer, reader, stranger)] == [OK, OK, FORBIDDEN]
    assert [one.ask("GET", scans) for one in (writer, reader, stranger)] == [OK, OK, FORBIDDEN]
    assert [one.ask("PUT", f"{scans}/other", b"x") for one in (reader, stranger)] == [FORBIDDEN, FORBIDDEN]
    assert [one.ask("DELETE", f"{scans}/deed") for one in (reader, stranger)] == [FORBIDDEN, FORBIDDEN]
    opens = {"X-Container-Read": ".r:*"}
    assert [one.ask("POST", scans, headers=opens) for one in (writer, reader)] == [FORBIDDEN, FORBIDDEN]
    older = [one for one in versions(cloud, scans) if not one["is_latest"]]
    assert [writer.ask("DELETE", f"{scans}/deed?version-id={one['version_id']}") for one in older] == [FORBIDDEN]

    (museum,) = cloud.identity.projects(name="musee")
    agreed = cloud.object_store.head(scans).headers["X-Container-Read"]
    cloud.object_store.post(scans, headers={"X-Container-Read": f"{agreed},{museum.id}:*"})
    assert stranger.ask("GET", f"{scans}/deed") == OK
    drift = region.run("drift", str(region.folder), seconds=SECONDS)
    assert f"containerRead: applied {agreed}, found {agreed},{museum.id}:*" in drift.stdout
    done = region.run("apply", str(region.folder), "--yes", "--repair", "archives", seconds=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert stranger.ask("GET", f"{scans}/deed") == FORBIDDEN

    cloud.object_store.post(scans, headers={"X-Container-Write": f"{museum.id}:*"})  # nothing has recorded it
    changed(region.folder, {OWNER: {"objectContainers.0.sharedWith": []}})
    for name in USERS:
        changed(region.folder, {f"tenants/{name}.yaml": {"sharedContainers": []}})
    region.apply(seconds=SECONDS)
    assert [one.ask("GET", f"{scans}/deed") for one in users.values()] == [FORBIDDEN] * 3
    assert [one.ask("PUT", f"{scans}/deed", b"x") for one in users.values()] == [FORBIDDEN] * 3
    assert not {"X-Container-Read", "X-Container-Write"} & set(cloud.object_store.head(scans).headers)
    assert region.plan()["steps"] == []

    for one in versions(cloud, scans):
        cloud.object_store.delete(f"{scans}/{one['name']}?version-id={one['version_id']}")
    retire(region.folder)
    region.apply(seconds=SECONDS)
    assert not any(held(cloud)[kind] for kind in ("volumes", "servers", "inner networks"))


def versions(cloud: Any, container: str) -> list[dict[str, Any]]:
    """All of a container's objects, as its owner is told."""
    found: list[dict[str, Any]] = cloud.object_store.get(f"{container}?versions&format=json").json()
    return found
