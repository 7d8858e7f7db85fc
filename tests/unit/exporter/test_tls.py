"""The exporter behind TLS and passwords, on loopback, with certificates of the tests' own authority."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import bcrypt
import pytest
from certificates import Authority
from exporter_client import ask, basic, trusting, until

from orchestrator.adapters.exporter_prometheus import server
from orchestrator.adapters.exporter_prometheus.deadline import Deadline
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, warn_if_open
from orchestrator.adapters.exporter_prometheus.web_config_file import WebConfigFile

HASH = bcrypt.hashpw(b"swordfish", b"$2b$04$" + b"abcdefghijklmnopqrstuu").decode()  # one salt: its text names tests
TLS = "tls_server_config:\n  cert_file: exporter.crt\n  key_file: exporter.key\n"
USERS = f"basic_auth_users:\n  bob: {HASH}\n"

Serve = Callable[..., Exporter]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """It signed exporter.crt, too."""
    made = Authority(tmp_path, "own")
    made.sign("exporter")
    return made


def written(folder: Path, text: str) -> Path:
    file = folder / "web.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_pages_are_served_over_tls_alone(serve: Serve, authority: Authority, tmp_path: Path) -> None:
    """A client that trusts the authority is served, one that speaks plain HTTP is not; the URL says https."""
    url = serve(web_config=written(tmp_path, TLS)).url
    assert url.startswith("https://127.0.0.1:")
    answer = ask(url, "/metrics", tls=trusting(str(authority.file)))
    assert answer.status == 200
    assert len(answer.body) == int(answer.headers["Content-Length"])
    with pytest.raises(OSError, match=r"(?i)remote end closed|reset by peer"):
        ask(url, "/metrics")


def test_an_older_tls_than_allowed_is_refused(serve: Serve, authority: Authority, tmp_path: Path) -> None:
    """`min_version` is kept."""
    url = serve(web_config=written(tmp_path, f"{TLS}  min_version: TLS13\n")).url
    old = trusting(str(authority.file))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError):
        ask(url, "/metrics", tls=old)
    assert ask(url, "/metrics", tls=trusting(str(authority.file))).status == 200


def test_only_clients_of_the_right_authority_are_let_in(serve: Serve, authority: Authority, tmp_path: Path) -> None:
    """With RequireAndVerifyClientCert: none, and one of another authority, are refused."""
    text = f"{TLS}  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: own-ca.pem\n"
    url = serve(web_config=written(tmp_path, text)).url
    own, strange = authority.sign("prometheus"), Authority(tmp_path, "strange").sign("stranger")
    assert ask(url, "/metrics", tls=trusting(str(authority.file), *map(str, own))).status == 200
    for certificate in ((), strange):
        with pytest.raises(OSError, match=r".*"):
            ask(url, "/metrics", tls=trusting(str(authority.file), *map(str, certificate)))


def test_a_renewed_certificate_is_shown_without_a_restart(
    serve: Serve, authority: Authority, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """While certificate and key are no pair the last good ones go on."""
    url = serve(web_config=written(tmp_path, TLS)).url
    first = shown_certificate(url)
    key = (tmp_path / "exporter.key").read_bytes()
    authority.sign("exporter")
    new_key = (tmp_path / "exporter.key").read_bytes()
    (tmp_path / "exporter.key").write_bytes(key)
    assert shown_certificate(url) == first
    assert "the last good web configuration counts" in caplog.text
    (tmp_path / "exporter.key").write_bytes(new_key)
    second = shown_certificate(url)
    assert second != first
    assert second == ssl.PEM_cert_to_DER_cert((tmp_path / "exporter.crt").read_text(encoding="utf-8"))


def test_every_page_asks_for_the_password(serve: Serve, tmp_path: Path) -> None:
    """Wrong ones get 401 with the challenge, and no page; also before it is known whether the page exists."""
    exporter = serve(
        web_config=written(tmp_path, USERS + "http_server_config:\n  headers:\n    X-Frame-Options: deny\n")
    )
    for path in ("/", "/metrics", "/-/healthy", "/-/ready", "/-/reload", "/absent"):
        for header in ({}, {"Authorization": basic("bob", "wrong")}, {"Authorization": basic("eve", "swordfish")}):
            answer = ask(exporter.url, path, **header)
            assert (answer.status, answer.body) == (401, b"unauthorized\n")
            assert answer.headers["WWW-Authenticate"] == 'Basic realm="mutualis", charset="UTF-8"'
            assert answer.headers["X-Frame-Options"] == "deny"
    answer = ask(exporter.url, "/metrics", Authorization=basic("bob", "swordfish"))
    assert (answer.status, answer.headers["X-Frame-Options"]) == (200, "deny")


def test_users_are_read_again_when_the_file_changes(serve: Serve, tmp_path: Path) -> None:
    """A user who was taken out is out, remembered success or not."""
    web = written(tmp_path, f"{USERS}  ann: {HASH}\n")
    url = serve(web_config=web).url
    for user in ("bob", "ann"):
        assert ask(url, "/metrics", Authorization=basic(user, "swordfish")).status == 200
    written(tmp_path, USERS)
    assert ask(url, "/metrics", Authorization=basic("ann", "swordfish")).status == 401
    assert ask(url, "/metrics", Authorization=basic("bob", "swordfish")).status == 200


@pytest.mark.parametrize("text", ["{}\n", "", "basic_auth_users:\n  bob: x\n", "rubbish: [\n"])
def test_a_broken_or_empty_file_opens_nothing(serve: Serve, tmp_path: Path, text: str) -> None:
    """A file that is half written, or has lost its users, leaves the last good ones; mended, it counts."""
    url = serve(web_config=written(tmp_path, USERS)).url
    written(tmp_path, text)
    assert ask(url, "/metrics").status == 401
    assert ask(url, "/metrics", Authorization=basic("bob", "swordfish")).status == 200
    (tmp_path / "web.yml").unlink()
    assert ask(url, "/metrics").status == 401
    written(tmp_path, f"basic_auth_users:\n  ann: {HASH}\n")
    assert ask(url, "/metrics", Authorization=basic("ann", "swordfish")).status == 200


def test_a_handshake_that_trickles_holds_up_nobody_and_is_cut_off(
    serve: Serve, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made in the connection's own thread, within the connection's own deadline."""
    exporter = serve(web_config=written(tmp_path, TLS))
    limits = [0.5]
    monkeypatch.setattr(server, "Deadline", lambda _: Deadline(limits.pop() if limits else 60))
    address = (urlsplit(exporter.url).hostname, urlsplit(exporter.url).port)
    with socket.create_connection(address, timeout=60) as slow:
        slow.sendall(b"\x16\x03\x01")
        until(lambda: not limits)
        assert ask(exporter.url, "/-/healthy", tls=trusting(str(authority.file))).status == 200
        assert slow.recv(1) == b""


def test_a_hundred_connections_leave_no_thread(serve: Serve, authority: Authority, tmp_path: Path) -> None:
    """Idle ones take all places, one above is closed; when they are gone a hundred are served, and no thread stays."""
    exporter = serve(web_config=written(tmp_path, TLS + USERS))
    before = threading.active_count()
    context = trusting(str(authority.file))
    address = (urlsplit(exporter.url).hostname, urlsplit(exporter.url).port)
    idle = [socket.create_connection(address, timeout=60) for _ in range(server.CONNECTIONS)]
    until(lambda: exporter._server._free._value == 0)
    with pytest.raises(OSError, match=r".*"):
        ask(exporter.url, "/-/healthy", tls=context)
    for connection in idle:
        connection.close()
    until(lambda: exporter._server._free._value == server.CONNECTIONS)

    def status(number: int) -> int:
        word = "swordfish" if number % 2 else "wrong"
        return ask(exporter.url, "/metrics", tls=context, Authorization=basic("bob", word)).status

    with ThreadPoolExecutor(max_workers=16) as many:
        found = list(many.map(status, range(100)))
    assert (found.count(200), found.count(401)) == (50, 50)
    until(lambda: threading.active_count() <= before)


@pytest.mark.parametrize(
    ("host", "text", "told"),
    [
        ("127.0.0.1", "", ""),
        ("localhost", "", ""),
        ("::1", "", ""),
        ("0.0.0.0", "", "without TLS and without a password"),  # noqa: S104 (nobody listens)
        ("192.0.2.1", "", "without TLS and without a password"),
        ("192.0.2.1", TLS, "without a password"),
        ("192.0.2.1", USERS, "without TLS"),
        ("192.0.2.1", TLS + USERS, ""),
    ],
)
def test_listening_for_everybody_without_protection_warns(
    authority: Authority, tmp_path: Path, caplog: pytest.LogCaptureFixture, host: str, text: str, told: str
) -> None:
    """With what is missing; loopback needs neither."""
    with caplog.at_level(logging.WARNING):
        warn_if_open(host, WebConfigFile(written(tmp_path, text)) if text else None)
    assert caplog.text.count("listening on") == bool(told)
    assert f"{told}:" in caplog.text or not told


def shown_certificate(url: str) -> bytes:
    """What the server shows to whoever connects, in DER."""
    where = urlsplit(url)
    assert where.port is not None
    return ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate((str(where.hostname), where.port)))
