"""Swift in the session's cloud, through its API: containers, objects, versions, quotas, and who may do what."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from openstack.connection import Connection

from lab.waiting import wait_until

pytestmark = pytest.mark.cloud


@dataclass(frozen=True, kw_only=True)
class Account:
    """One project's account as one user sees it; ``call`` returns the response whatever its status."""

    connection: Connection
    url: str

    def call(self, method: str, path: str, headers: Mapping[str, str] | None = None, data: bytes | None = None) -> Any:
        return self.connection.session.request(
            f"{self.url}{path}", method, headers=headers or {}, data=data, raise_exc=False
        )


def _account(connection: Connection) -> Account:
    return Account(connection=connection, url=str(connection.object_store.get_endpoint()))


@pytest.fixture
def undo() -> Iterator[Callable[..., Any]]:
    """Yield a function that remembers what is to be undone, the last at first."""
    with ExitStack() as stack:
        yield stack.callback


@pytest.fixture
def member(admin: Connection, undo: Callable[..., Any]) -> Account:
    """Return the account of a project of its own, by a user who is its member and nothing else."""
    identity, name = admin.identity, f"swift-{uuid.uuid4().hex[:8]}"
    project = identity.create_project(name=name)
    undo(identity.delete_project, project)
    user = identity.create_user(name=name, password="only for this test", default_project_id=project.id)
    undo(identity.delete_user, user)
    identity.assign_project_role_to_user(project, user, identity.find_role("member"))
    connection = admin.connect_as(
        username=name, password="only for this test", project_id=project.id, project_name=None
    )
    undo(connection.close)
    return _account(connection)


def test_an_account_is_its_project_s(member: Account) -> None:
    """The catalogue's address ends with the project's id."""
    assert member.url.endswith(f"/v1/AUTH_{member.connection.current_project_id}")


def test_a_container_is_made_changed_and_deleted(member: Account) -> None:
    """Metadata and access lists come and go by their headers; its policy is the one there is."""
    made = {"X-Container-Meta-Owner": "museum", "X-Container-Read": ".r:*,.rlistings", "X-Container-Write": "abc:*"}
    assert member.call("PUT", "/box", made).status_code == 201
    seen = member.call("HEAD", "/box").headers
    assert made.items() <= seen.items()
    assert seen["X-Storage-Policy"] == "standard"
    changed = {"X-Container-Meta-Owner": "library", "X-Remove-Container-Read": "x", "X-Container-Write": ""}
    assert member.call("POST", "/box", changed).status_code == 204
    seen = member.call("HEAD", "/box").headers
    assert seen["X-Container-Meta-Owner"] == "library"
    assert not {"X-Container-Read", "X-Container-Write"} & set(seen)
    assert member.call("DELETE", "/box").status_code == 204
    assert member.call("HEAD", "/box").status_code == 404


def test_an_object_comes_back_with_what_it_was_given(member: Account) -> None:
    """Content, type and metadata; a container that holds it is not deleted."""
    headers = {"Content-Type": "text/x-pays", "X-Object-Meta-Commune": "Lons", "X-Delete-After": "3600"}
    assert member.call("PUT", "/box").status_code == 201
    assert member.call("PUT", "/box/a/b.txt", headers, "été".encode()).status_code == 201
    got = member.call("GET", "/box/a/b.txt")
    assert got.content.decode() == "été"
    assert got.headers["Content-Type"] == "text/x-pays"
    assert got.headers["X-Object-Meta-Commune"] == "Lons"
    assert [entry["name"] for entry in member.call("GET", "/box?format=json").json()] == ["a/b.txt"]
    assert member.call("DELETE", "/box").status_code == 409
    assert member.call("DELETE", "/box/a/b.txt").status_code == 204
    assert member.call("DELETE", "/box").status_code == 204


def test_versions_are_kept(member: Account) -> None:
    """Both kinds: of the container itself, and the older one in a container beside it."""
    member.call("PUT", "/new", {"X-Versions-Enabled": "true"})
    member.call("PUT", "/archive")
    member.call("PUT", "/old", {"X-Versions-Location": "archive"})
    for path in ("/new/deed", "/old/deed"):
        for content in (b"first", b"second"):
            assert member.call("PUT", path, data=content).status_code == 201
    versions = member.call("GET", "/new?versions=true&format=json").json()
    contents = [member.call("GET", f"/new/deed?version-id={v['version_id']}").content for v in versions]
    assert contents == [b"second", b"first"]
    assert member.call("HEAD", "/old").headers["X-Versions-Location"] == "archive"
    member.call("DELETE", "/old/deed")
    assert member.call("GET", "/old/deed").content == b"first"


def test_quotas_hold(admin: Connection, member: Account) -> None:
    """A member bounds a container, an administrator a member's account, which knows what it holds by and by."""
    member.call("PUT", "/box", {"X-Container-Meta-Quota-Bytes": "10"})
    assert member.call("PUT", "/box/small", data=b"x" * 10).status_code == 201
    assert wait_until(lambda: member.call("HEAD", "").headers["X-Account-Bytes-Used"] == "10", seconds=15)
    assert member.call("PUT", "/box/more", data=b"x").status_code == 413
    member.call("PUT", "/free")
    bound = {"X-Account-Meta-Quota-Bytes": "15"}
    assert member.call("POST", "", bound).status_code == 403
    assert admin.session.post(member.url, headers=bound).status_code == 204
    assert member.call("PUT", "/free/large", data=b"x" * 6).status_code == 413
    assert member.call("PUT", "/free/fits", data=b"x" * 5).status_code == 201


def test_the_reader_reads_and_changes_nothing(reader: Connection, member: Account) -> None:
    """It sees another project's account, container and object; every change is refused."""
    member.call("PUT", "/box")
    member.call("PUT", "/box/object", data=b"x")
    observer = Account(connection=reader, url=member.url)
    assert observer.call("HEAD", "").status_code == 204
    assert [entry["name"] for entry in observer.call("GET", "?format=json").json()] == ["box"]
    assert observer.call("HEAD", "/box").status_code == 204
    refused = {
        (method, path): observer.call(method, path, data=b"").status_code
        for path in ("/new", "/box", "/box/object")
        for method in ("PUT", "POST", "DELETE")
    }
    assert set(refused.values()) == {403}, refused
    own = _account(reader)
    assert own.call("PUT", "/new").status_code == 403


def test_strangers_see_nothing(admin: Connection, member: Account) -> None:
    """Nothing without a token; once the container is open to all, everybody may read."""
    member.call("PUT", "/box")
    member.call("PUT", "/box/object", data=b"x")
    address = f"{member.url}/box/object"
    assert admin.session.get(address, authenticated=False, raise_exc=False).status_code == 401
    member.call("POST", "/box", {"X-Container-Read": ".r:*"})
    assert admin.session.get(address, authenticated=False, raise_exc=False).content == b"x"
