"""What operators read when a service cannot be reached, and how objects are named to them."""

import socket
from typing import Any

import pytest
from keystoneauth1 import exceptions

from orchestrator.engine.cloud.faults import called
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.cloud.schema import described
from orchestrator.engine.cloud.unreached import unreachable
from orchestrator.engine.provider import ProviderError

NETWORK = "openstack:networking/network:Network"
VARIABLES = {
    "OS_USERNAME": "admin",
    "OS_PASSWORD": "canary-password",
    "OS_PROJECT_NAME": "admin",
    "OS_USER_DOMAIN_NAME": "Default",
    "OS_PROJECT_DOMAIN_NAME": "Default",
}


def closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_refused_connection_is_told_in_one_plain_sentence() -> None:
    """The call, the address and the operating system's reason; no object of any library, no password."""
    address = f"http://127.0.0.1:{closed_port()}/v3"
    session = OpenStackProvider().session({}, {**VARIABLES, "OS_AUTH_URL": address})

    with pytest.raises(ProviderError) as caught:
        session.find(NETWORK, {"name": "n", "tenantId": "t"})

    assert caught.value.temporary
    text = str(caught.value)
    assert text == (
        f"POST identity /v3/auth/tokens: unable to establish a connection to {address}/auth/tokens: Connection refused"
        "; for project t"
    )


def test_a_time_out_is_told_as_it_comes() -> None:
    """Where there is no reason of the operating system's, the library's words stand."""
    error = exceptions.ConnectTimeout("Request to http://n/networks timed out")

    told = unreachable("GET http://n/networks", error, "")
    assert str(told) == "GET http://n/networks: Request to http://n/networks timed out"
    assert told.temporary


def test_an_answer_that_was_cut_short_may_have_been_a_good_one() -> None:
    """Taken for a refusal, the object would be forgotten and made twice: found by spoiling every call."""
    error = exceptions.UnknownConnectionError("Unexpected exception for http://n/networks", ValueError())

    assert unreachable("POST http://n/networks", error, "").temporary
    assert not unreachable("POST http://n/networks", exceptions.SSLError("certificate"), "").temporary


def test_the_address_is_told_once() -> None:
    """It stands in the call already, unless logging in failed."""
    cause = ConnectionRefusedError(111, "Connection refused")
    error = exceptions.ConnectFailure("Unable to establish connection to http://n/networks: HTTPConnectionPool(...)")
    error.__cause__ = cause

    text = str(unreachable("GET http://n/networks", error, ""))
    assert text == "GET http://n/networks: unable to establish a connection: Connection refused"


@pytest.mark.parametrize(
    ("kind", "told", "text"),
    [
        ("openstack:blockstorage/volume:Volume", {"name": "files"}, "volume 'files' (594d)"),
        ("openstack:networking/secGroupRule:SecGroupRule", {}, "security group rule 594d"),
        ("openstack:images/image:Image", {"name": ""}, "image 594d"),
    ],
)
def test_an_object_is_called_by_type_name_and_id(kind: str, told: dict[str, Any], text: str) -> None:
    """`volumes/594d...` says too little to somebody who is woken up by it."""
    type_ = described(kind)
    assert type_ is not None
    assert called(type_.noun, "594d", told) == text
