"""A client of the exporter: one request a connection, over HTTP or TLS; and waiting for what comes true."""

from __future__ import annotations

import base64
import http.client
import ssl
import time
from collections.abc import Callable
from threading import Event
from typing import NamedTuple
from urllib.parse import urlsplit

PATIENCE = 60  # seconds: machines may be loaded


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(url: str, path: str, method: str = "GET", tls: ssl.SSLContext | None = None, **headers: str) -> Answer:
    """`headers`: with `_` for `-`."""
    netloc = urlsplit(url).netloc
    connection = (
        http.client.HTTPSConnection(netloc, timeout=PATIENCE, context=tls)
        if tls
        else http.client.HTTPConnection(netloc, timeout=PATIENCE)
    )
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        Event().wait(0.005)


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def trusting(authority: str, *certificate: str) -> ssl.SSLContext:
    """A client's context that trusts one authority, and shows a certificate (and its key) if it is given one."""
    context = ssl.create_default_context(cafile=authority)
    if certificate:
        context.load_cert_chain(*certificate)
    return context
