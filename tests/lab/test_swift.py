"""Swift in the session's cloud, through its API: containers, objects, versions, quotas, and who may do what."""

from collections.abc import Mapping
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
def account(member: Connection) -> Account:
    return _account(member)


def test_an_account_is_its_project_s(account: Account) -> None:
    """The catalogue's address ends with the project's id."""
    assert account.url.endswith(f"/v1/AUTH_{account.connection.current_project_id}")


def test_a_container_is_made_changed_and_deleted(account: Account) -> None:
    """Metadata and access lists come and go by their headers; its policy is the one there is."""
    made = {"X-Container-Meta-Owner": "museum", "X-Container-Read": ".r:*,.rlistings", "X-Container-Write": "abc:*"}
    assert account.call("PUT", "/box", made).status_code == 201
    seen = account.call("HEAD", "/box").headers
    assert made.items() <= seen.items()
    assert seen["X-Storage-Policy"] == "standard"
    changed = {"X-Container-Meta-Owner": "library", "X-Remove-Container-Read": "x", "X-Container-Write": ""}
    assert account.call("POST", "/box", changed).status_code == 204
    seen = account.call("HEAD", "/box").headers
    assert seen["X-Container-Meta-Owner"] == "library"
    assert not {"X-Container-Read", "X-Container-Write"} & set(seen)
    assert account.call("DELETE", "/box").status_code == 204
    assert account.call("HEAD", "/box").status_code == 404


def test_an_object_comes_back_with_what_it_was_given(account: Account) -> None:
    """Content, type and metadata; a container that holds it is not deleted."""
    headers = {"Content-Type": "text/x-pays", "X-Object-Meta-Commune": "Lons", "X-Delete-After": "3600"}
    assert account.call("PUT", "/box").status_code == 201
    assert account.call("PUT", "/box/a/b.txt", headers, "été".encode()).status_code == 201
    got = account.call("GET", "/box/a/b.txt")
    assert got.content.decode() == "été"
    assert got.headers["Content-Type"] == "text/x-pays"
    assert got.headers["X-Object-Meta-Commune"] == "Lons"
    assert [entry["name"] for entry in account.call("GET", "/box?format=json").json()] == ["a/b.txt"]
    assert account.call("DELETE", "/box").status_code == 409
    assert account.call("DELETE", "/box/a/b.txt").status_code == 204
    assert account.call("DELETE", "/box").status_code == 204


def test_versions_are_kept(account: Account) -> None:
    """Both kinds: of the container itself, and the older one in a container beside it."""
    account.call("PUT", "/new", {"X-Versions-Enabled": "true"})
    account.call("PUT", "/archive")
    account.call("PUT", "/old", {"X-Versions-Location": "archive"})
    for path in ("/new/deed", "/old/deed"):
        for content in (b"first", b"second"):
            assert account.call("PUT", path, data=content).status_code == 201
    versions = account.call("GET", "/new?versions=true&format=json").json()
    contents = [account.call("GET", f"/new/deed?version-id={v['version_id']}").content for v in versions]
    assert contents == [b"second", b"first"]
    assert account.call("HEAD", "/old").headers["X-Versions-Location"] == "archive"
    account.call("DELETE", "/old/deed")
    assert account.call("GET", "/old/deed").content == b"first"


def test_quotas_hold(admin: Connection, account: Account) -> None:
    """A member bounds a container, an administrator a member's account, which knows what it holds by and by."""
    account.call("PUT", "/box", {"X-Container-Meta-Quota-Bytes": "10"})
    assert account.call("PUT", "/box/small", data=b"x" * 10).status_code == 201
    assert wait_until(lambda: account.call("HEAD", "").headers["X-Account-Bytes-Used"] == "10", seconds=15)
    assert account.call("PUT", "/box/more", data=b"x").status_code == 413
    account.call("PUT", "/free")
    bound = {"X-Account-Meta-Quota-Bytes": "15"}
    assert account.call("POST", "", bound).status_code == 403
    assert admin.session.post(account.url, headers=bound).status_code == 204
    assert account.call("PUT", "/free/large", data=b"x" * 6).status_code == 413
    assert account.call("PUT", "/free/fits", data=b"x" * 5).status_code == 201


def test_the_reader_reads_and_changes_nothing(reader: Connection, account: Account) -> None:
    """It sees another project's account, container and object; every change is refused."""
    account.call("PUT", "/box")
    account.call("PUT", "/box/object", data=b"x")
    observer = Account(connection=reader, url=account.url)
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


def test_strangers_see_nothing(admin: Connection, account: Account) -> None:
    """Nothing without a token; once the container is open to all, everybody may read."""
    account.call("PUT", "/box")
    account.call("PUT", "/box/object", data=b"x")
    address = f"{account.url}/box/object"
    assert admin.session.get(address, authenticated=False, raise_exc=False).status_code == 401
    account.call("POST", "/box", {"X-Container-Read": ".r:*"})
    assert admin.session.get(address, authenticated=False, raise_exc=False).content == b"x"
