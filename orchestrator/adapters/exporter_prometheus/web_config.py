"""The web configuration of the Prometheus exporters, read strictly: what is not understood is refused with its place.

Format: https://prometheus.io/docs/prometheus/latest/configuration/https/ (exporter-toolkit, `--web.config.file`).
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.exporter_prometheus import tls
from orchestrator.adapters.exporter_prometheus.certificate import certificate_end
from orchestrator.adapters.exporter_prometheus.passwords import Users, fault_of
from orchestrator.errors import UsageError
from orchestrator.model import finding
from orchestrator.spec.document import Document
from orchestrator.spec.load import load

SECTIONS: Final = ("tls_server_config", "http_server_config", "basic_auth_users")
HTTP_KEYS: Final = ("http2", "headers")
HEADERS: Final = (
    "Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options",
    "X-XSS-Protection",
)  # fmt: skip

Complaint = tuple[finding.Path, str]
"""Where, and what is wrong there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """`tls`: None: plain HTTP; `users`: who may see the operator's pages, empty: everybody; `headers`: of each answer.

    `files`: all that it was made of; `certificate_end`: seconds since the epoch, None without TLS.
    """

    tls: ssl.SSLContext | None = None
    users: Users = field(default_factory=lambda: Users({}))
    headers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    certificate_end: float | None = None


def read_web_config(file: Path) -> WebConfig:
    """Raises UsageError that names every fault as file:line:column."""
    try:
        content = file.read_bytes()
    except OSError as error:
        hint = "name a file that the exporter may read"
        raise UsageError(f"the web configuration {file} cannot be read: {error.strerror}", hint=hint) from error
    document, findings = load(str(file), content)
    faults = [f"{one.position}: {one.message}" for one in findings]
    if document is None or faults:
        raise _refused(file, faults)
    if faults := [f"{_position(document, path)}: {message}" for path, message in _complaints(document.data)]:
        raise _refused(file, faults)
    return _decoded(file, document)


def _decoded(file: Path, document: Document) -> WebConfig:
    section: Mapping[str, Any] | None = document.data.get("tls_server_config")
    context, files, end = None, (file,), None
    if section:
        names = {key: file.parent / section[key] for key in tls.FILES if key in section}
        files = (file, *names.values())
        try:
            context = tls.context(section, names)
            end = certificate_end(names["cert_file"])
        except tls.RefusedFileError as error:
            place = document.position(("tls_server_config", error.key))
            raise _refused(file, [f"{place}: {error}"]) from error
    http = document.data.get("http_server_config") or {}
    users = Users(document.data.get("basic_auth_users") or {})
    return WebConfig(tls=context, users=users, headers=http.get("headers") or {}, files=files, certificate_end=end)


def _complaints(data: Any) -> Iterator[Complaint]:
    if not isinstance(data, dict):
        yield (), "the web configuration is a mapping"
        return
    yield from unknown(data, SECTIONS, ())
    for name in SECTIONS:
        if not isinstance(section := data.get(name) or {}, dict):
            yield (name,), f"{name} is a mapping"
        elif name == "tls_server_config" and data.get(name) is not None:
            yield from (((name, *path), message) for path, message in tls.complaints(section))
        elif name == "basic_auth_users":
            yield from _user_complaints(section)
        elif name == "http_server_config":
            yield from _http_complaints(section)


def _user_complaints(users: Mapping[str, Any]) -> Iterator[Complaint]:
    """The text of a wrong hash is not repeated: it may be a password."""
    for user, hash_ in users.items():
        if fault := fault_of(hash_ if isinstance(hash_, str) else ""):
            yield (
                ("basic_auth_users", user),
                f"the password of {user} is {fault}; make one with `htpasswd -nBC 10 {user}`",
            )
        if ":" in user:
            yield ("basic_auth_users", user), "the name of a user has no colon (RFC 7617)"


def _http_complaints(section: Mapping[str, Any]) -> Iterator[Complaint]:
    where = ("http_server_config",)
    yield from unknown(section, HTTP_KEYS, where)
    if not isinstance(section.get("http2", False), bool):
        yield (*where, "http2"), "http2 is true or false"
    headers = section.get("headers") or {}
    if not isinstance(headers, dict):
        yield (*where, "headers"), "headers is a mapping"
        return
    yield from unknown(headers, HEADERS, (*where, "headers"))
    for name, value in headers.items():
        if not isinstance(value, str) or not value.isascii() or not value.isprintable():
            yield (*where, "headers", name), f"the value of {name} is one line of ASCII text"


def unknown(section: Mapping[str, Any], known: tuple[str, ...], where: finding.Path) -> Iterator[Complaint]:
    """A complaint for each key that is not known."""
    for key in section:
        if key not in known:
            yield (*where, key), f"unknown key {key}; known: {', '.join(known)}"


def _position(document: Document, path: finding.Path) -> finding.Position:
    return document.key_position(path) if path else document.position()


def _refused(file: Path, faults: list[str]) -> UsageError:
    listed = "\n  ".join(faults) or "it holds no configuration"
    return UsageError(f"the web configuration {file} is refused:\n  {listed}", hint="mend it; see docs/operations.md")
