"""HTTP/1.1 by hand over asyncio: no framework between the bytes and whoever is measured.

A call's latency holds up no other call. Requests of one connection are answered in order, one after the other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from http import HTTPStatus

from stub_cloud.desk import COMMANDS, Desk, Reply

PHRASES = {status.value: status.phrase for status in HTTPStatus}


class Connection(asyncio.Protocol):
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._waiting: deque[tuple[str, str, bytes]] = deque()
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        while request := self._request():
            self._waiting.append(request)
        self._next()

    def _request(self) -> tuple[str, str, bytes] | None:
        """Method, target and body of the first one that is whole."""
        head, end, rest = self._received.partition(b"\r\n\r\n")
        if not end:
            return None
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if len(rest) < length:
            return None
        self._received = rest[length:]
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        return method, target, rest[:length]

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        method, target, body = self._waiting.popleft()
        if target.startswith(COMMANDS):
            self._send(self._desk.command(target, body))
            return
        self._busy = True
        reply = self._desk.reply(method, target)
        if reply is None:
            return  # a call that hangs: the connection stays as it is
        if self._desk.latency:
            asyncio.get_running_loop().call_later(self._desk.latency, self._send, reply)
        else:
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        self._busy = False
        if self._transport is None:
            return
        head = (
            f"HTTP/1.1 {reply.status} {PHRASES[reply.status]}\r\nContent-Type: {reply.content_type}\r\n"
            f"Content-Length: {len(reply.body)}\r\n"
        )
        if reply.token:
            head += f"X-Subject-Token: {reply.token}\r\n"
        self._transport.writelines((head.encode() + b"\r\n", reply.body))
        self._next()


async def listen(desks: list[Desk]) -> asyncio.Server:
    """On a free port of loopback. `desks`: gets the one desk before the first connection, which needs the port."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: Connection(desks[0]), "127.0.0.1", 0, backlog=512)
