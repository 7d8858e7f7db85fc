"""The web configuration: read strictly, each fault with its place."""

from __future__ import annotations

import time
from pathlib import Path

import bcrypt
import pytest
from certificates import Authority

from orchestrator.adapters.exporter_prometheus.certificate import certificate_end
from orchestrator.adapters.exporter_prometheus.web_config import read_web_config
from orchestrator.errors import UsageError

HASH = bcrypt.hashpw(b"x", b"$2b$04$" + b"abcdefghijklmnopqrstuu").decode()  # one salt: its text names tests
TLS = "tls_server_config:\n  cert_file: a.crt\n  key_file: a.key\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "web.yml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("basic_users: {}\n", "web.yml:1:1: unknown key basic_users"),
        ("basic_auth_users:\n  bob: s3cret\n", "web.yml:2:3: the password of bob is no bcrypt hash"),
        (f"basic_auth_users:\n  bob: {HASH[:4]}31{HASH[6:]}\n", "web.yml:2:3: the password of bob is a bcrypt hash of"),
        (f'basic_auth_users:\n  "a:b": {HASH}\n', "web.yml:2:3: the name of a user has no colon"),
        ("basic_auth_users: [a]\n", "web.yml:1:1: basic_auth_users is a mapping"),
        ("tls_server_config: {}\n", "cert_file is missing"),
        (TLS + "  certfile: x\n", "web.yml:4:3: unknown key certfile"),
        (TLS + "  cipher_suites: [x]\n", "web.yml:4:3: cipher_suites is not supported here"),
        (TLS + "  min_version: TLS10\n", "web.yml:4:3: min_version is one of TLS12, TLS13"),
        (TLS + "  min_version: [TLS12]\n", "web.yml:4:3: min_version is a text"),
        (TLS + "  client_auth_type: RequireAnyClientCert\n", "web.yml:4:3: client_auth_type is one of"),
        (TLS + "  client_auth_type: RequireAndVerifyClientCert\n", "client_ca_file is missing"),
        (TLS + "  client_ca_file: ca.pem\n", "web.yml:4:3: without client_auth_type"),
        (TLS + "  min_version: TLS13\n  max_version: TLS12\n", "web.yml:5:3: max_version is below"),
        (TLS, "a.crt cannot be read"),
        ("http_server_config:\n  http3: true\n", "web.yml:2:3: unknown key http3"),
        ('http_server_config:\n  headers:\n    X-Frame-Options: "a\\nb"\n', "web.yml:3:5: the value of"),
        ("http_server_config:\n  headers:\n    Set-Cookie: a\n", "web.yml:3:5: unknown key Set-Cookie"),
        ("http_server_config:\n  http2: 2\n", "web.yml:2:3: http2 is true or false"),
        ("a: 1\na: 2\n", "web.yml:2:1"),
        ("a: [\n", "web.yml:2:1"),
        ("[]\n", "web.yml:1:1: the web configuration is a mapping"),
        ("", "holds no document"),
        ("basic_auth_users: &a\n", "anchor &a is refused"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    """File, line, column; never the text of a would-be hash."""
    with pytest.raises(UsageError) as caught:
        read_web_config(written(tmp_path, text))
    assert told in caught.value.message
    assert "s3cret" not in caught.value.message
    assert caught.value.hint


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """One reading, one list."""
    with pytest.raises(UsageError) as caught:
        read_web_config(written(tmp_path, "one: 1\ntwo: 2\nbasic_auth_users:\n  bob: x\n"))
    assert caught.value.message.count("web.yml:") == 3


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    """No traceback."""
    with pytest.raises(UsageError, match=r"absent.yml cannot be read: No such file"):
        read_web_config(tmp_path / "absent.yml")


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    """At the start, not at the first handshake."""
    authority = Authority(tmp_path, "own")
    authority.sign("a")
    _, other = authority.sign("b")
    other.replace(tmp_path / "a.key")
    with pytest.raises(UsageError, match=r"web.yml:2:14: certificate and key are unreadable, locked, or no pair"):
        read_web_config(written(tmp_path, TLS))


def test_everything_together_is_read(tmp_path: Path) -> None:
    """Paths are relative to the file; all files are named, so that their changes are seen."""
    authority = Authority(tmp_path, "own")
    authority.sign("a")
    config = read_web_config(
        written(
            tmp_path,
            f"{TLS}  client_ca_file: own-ca.pem\n  client_auth_type: RequireAndVerifyClientCert\n  min_version: TLS13\n"
            f"basic_auth_users:\n  bob: {HASH}\n"
            "http_server_config:\n  http2: false\n  headers:\n    X-Frame-Options: deny\n",
        )
    )
    assert config.tls is not None
    assert config.headers == {"X-Frame-Options": "deny"}
    assert config.users
    assert [file.name for file in config.files] == ["web.yml", "a.crt", "a.key", "own-ca.pem"]


def test_the_end_of_the_certificate_is_known(tmp_path: Path) -> None:
    """The first end in the file, which may hold the authority's certificate too; without TLS there is none."""
    authority = Authority(tmp_path, "own")
    authority.sign("exporter")
    own = certificate_end(tmp_path / "exporter.crt")
    with (tmp_path / "exporter.crt").open("ab") as file:
        file.write(authority.file.read_bytes())
    config = tmp_path / "web.yml"
    config.write_text("tls_server_config:\n  cert_file: exporter.crt\n  key_file: exporter.key\n", encoding="utf-8")
    assert read_web_config(config).certificate_end == min(own, certificate_end(authority.file)) > time.time()
    config.write_text("http_server_config:\n  http2: false\n", encoding="utf-8")
    assert read_web_config(config).certificate_end is None
