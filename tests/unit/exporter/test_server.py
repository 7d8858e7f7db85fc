"""The exporter over HTTP, on a free port of loopback."""

from __future__ import annotations

import gzip
import http.client
import socket
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from exporter_client import until

from orchestrator.adapters.exporter_prometheus import server
from orchestrator.adapters.exporter_prometheus.collection import Sources
from orchestrator.adapters.exporter_prometheus.deadline import Deadline
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.errors import UsageError
from orchestrator.model.specs import Specs


def get(
    exporter: Exporter, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(exporter.url).netloc, timeout=60)
    try:
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def ready(exporter: Exporter) -> bool:
    return get(exporter, "/-/ready")[0].status == 200


def test_it_listens_on_loopback_only(exporter: Exporter) -> None:
    """Unless told otherwise."""
    assert exporter.url.startswith("http://127.0.0.1:")


def test_metrics_are_served_plain_and_compressed(exporter: Exporter) -> None:
    """The same page; the length is said."""
    until(lambda: ready(exporter))
    plain, text = get(exporter, "/metrics")
    compressed, data = get(exporter, "/metrics", headers={"Accept-Encoding": "gzip, deflate"})
    assert plain.getheader("Content-Type") == "text/plain; version=0.0.4; charset=utf-8"
    assert compressed.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(data) == text
    assert b'mutualis_tenant_declared_vcpus{resource="vcpus",tenant="alpha",tier=""} 20.0' in text


def test_a_scrape_never_reads_the_cloud(exporter: Exporter, inventory: Any) -> None:
    """One collection, many scrapes."""
    until(lambda: ready(exporter))
    for _ in range(20):
        get(exporter, "/metrics")
    assert inventory.reads == 1


def test_before_the_first_collection_it_is_healthy_and_not_ready(specs: Specs, inventory: Any) -> None:
    """A scrape then fails honestly; it does not wait."""
    inventory.released.clear()
    exporter = Exporter(Sources(inventory=inventory, specs=lambda: specs), Listening(port=0))
    exporter.start()
    try:
        assert get(exporter, "/-/healthy")[0].status == 200
        assert get(exporter, "/-/ready")[0].status == 503
        assert get(exporter, "/metrics")[0].status == 503
        inventory.released.set()
        until(lambda: ready(exporter))
        assert get(exporter, "/metrics")[0].status == 200
    finally:
        exporter.stop()


def test_an_unknown_page_is_not_found_and_nothing_is_written(exporter: Exporter) -> None:
    """404; 405 says which methods there are; a method that HTTP does not know is 501."""
    assert get(exporter, "/admin")[0].status == 404
    assert get(exporter, "/admin", method="POST")[0].status == 404
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        refused, _ = get(exporter, "/metrics", method=method)
        assert (refused.status, refused.getheader("Allow")) == (405, "GET, HEAD")
    assert get(exporter, "/metrics", method="BREW")[0].status == 501


def test_head_has_the_headers_alone(exporter: Exporter) -> None:
    """The length of the page, and no page."""
    until(lambda: ready(exporter))
    response, body = get(exporter, "/metrics", method="HEAD")
    assert int(response.getheader("Content-Length") or 0) > 1000
    assert body == b""


def test_a_client_that_trickles_is_cut_off_and_others_are_served(
    exporter: Exporter, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The limit counts for the whole request: a byte now and then does not renew it."""
    limits = [0.5]
    monkeypatch.setattr(server, "Deadline", lambda _: Deadline(limits.pop() if limits else 60))
    address = (urlsplit(exporter.url).hostname, urlsplit(exporter.url).port)
    with socket.create_connection(address, timeout=60) as slow:
        until(lambda: not limits)
        until(lambda: get(exporter, "/-/healthy")[0].status == 200 and not _sent(slow, b"G"))
    assert "Traceback" not in capfd.readouterr().err


def test_it_stops_when_told_and_frees_the_port(specs: Specs, inventory: Any) -> None:
    """Even while a collection hangs in a service."""
    inventory.released.clear()
    exporter = Exporter(Sources(inventory=inventory, specs=lambda: specs), Listening(port=0))
    stop = Event()
    thread = Thread(target=exporter.run, args=(stop,))
    thread.start()
    until(lambda: inventory.reads == 1)
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
    with pytest.raises(ConnectionError):
        get(exporter, "/-/healthy")
    inventory.released.set()


def test_a_taken_port_is_said_with_what_to_do(exporter: Exporter, specs: Specs, inventory: Any) -> None:
    """No traceback: a failure with a hint."""
    port = urlsplit(exporter.url).port
    assert port is not None
    with pytest.raises(UsageError, match=str(port)) as caught:
        Exporter(Sources(inventory=inventory, specs=lambda: specs), Listening(port=port))
    assert caught.value.hint


def _sent(client: socket.socket, data: bytes) -> bool:
    """Whether the other side still takes it."""
    try:
        client.sendall(data)
    except OSError:
        return False
    return True
