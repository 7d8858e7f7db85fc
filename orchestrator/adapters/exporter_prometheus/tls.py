"""`tls_server_config` of the web configuration as a context of TLS. What we cannot do is refused, not left out."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

FILES: Final = ("cert_file", "key_file", "client_ca_file")
KEYS: Final = (*FILES, "client_auth_type", "min_version", "max_version")
NOT_HERE: Final = frozenset({
    "cert", "key", "client_ca", "client_allowed_sans", "cipher_suites", "curve_preferences",
    "prefer_server_cipher_suites",
})  # fmt: skip
"""Keys of the exporter-toolkit that are known, and not to be had here."""

CLIENTS: Final = {
    "NoClientCert": ssl.CERT_NONE,
    "VerifyClientCertIfGiven": ssl.CERT_OPTIONAL,
    "RequireAndVerifyClientCert": ssl.CERT_REQUIRED,
}
VERSIONS: Final = {"TLS12": ssl.TLSVersion.TLSv1_2, "TLS13": ssl.TLSVersion.TLSv1_3}

Complaint = tuple[tuple[str, ...], str]


class RefusedFileError(Exception):
    """`key`: of the file that cannot be used."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def complaints(section: Mapping[str, Any]) -> Iterator[Complaint]:
    """(path within the section, what is wrong)."""
    for key, value in section.items():
        if key in NOT_HERE:
            yield (key,), f"{key} is not supported here; known: {', '.join(KEYS)}"
        elif key not in KEYS:
            yield (key,), f"unknown key {key}; known: {', '.join(KEYS)}"
        elif not isinstance(value, str) or not value:
            yield (key,), f"{key} is a text"
    for key in ("cert_file", "key_file"):
        if key not in section:
            yield (), f"{key} is missing"
    yield from _choices(section)
    yield from _client_complaints(section)


def _client_complaints(section: Mapping[str, Any]) -> Iterator[Complaint]:
    verified = section.get("client_auth_type", "NoClientCert") != "NoClientCert"
    if verified and "client_ca_file" not in section:
        yield ("client_auth_type",), "client_ca_file is missing: whose certificates are taken?"
    if not verified and "client_ca_file" in section:
        yield ("client_ca_file",), "without client_auth_type no client is asked for a certificate"


def _choices(section: Mapping[str, Any]) -> Iterator[Complaint]:
    for key, known in (("client_auth_type", CLIENTS), ("min_version", VERSIONS), ("max_version", VERSIONS)):
        if key in section and str(section[key]) not in known:
            yield (key,), f"{key} is one of {', '.join(known)}"
    if section.get("min_version") == "TLS13" and section.get("max_version") == "TLS12":
        yield ("max_version",), "max_version is below min_version"


def context(section: Mapping[str, Any], files: Mapping[str, Path]) -> ssl.SSLContext:
    """A new context; certificates are read now. Raises RefusedFileError."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = VERSIONS[section.get("min_version", "TLS12")]
    made.maximum_version = VERSIONS[section.get("max_version", "TLS13")]
    made.options |= ssl.OP_NO_RENEGOTIATION
    for key, file in files.items():
        _readable(key, file)
    try:
        made.load_cert_chain(files["cert_file"], files["key_file"], password=lambda: "")  # never asks at a terminal
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise RefusedFileError("cert_file", "certificate and key are unreadable, locked, or no pair") from error
    if authority := files.get("client_ca_file"):
        try:
            made.load_verify_locations(authority)
        except (OSError, ValueError) as error:
            raise RefusedFileError("client_ca_file", "no certificates of an authority") from error
    made.verify_mode = CLIENTS[section.get("client_auth_type", "NoClientCert")]
    return made


def _readable(key: str, file: Path) -> None:
    try:
        file.open("rb").close()
    except OSError as error:
        raise RefusedFileError(key, f"{file} cannot be read: {error.strerror}") from error
