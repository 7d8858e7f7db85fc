"""The floor of serving: the same bytes, plain or compressed, by a server that does nothing else.

python bare_page.py FILE PORT
"""

from __future__ import annotations

import asyncio
import gzip
import sys
from pathlib import Path

LEVEL = 6
"""Of compression, as ours."""


class Connection(asyncio.Protocol):
    def __init__(self, plain: bytes, compressed: bytes) -> None:
        self._plain = plain
        self._compressed = compressed

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._transport.write(self._compressed if b"gzip" in data else self._plain)
        self._transport.close()


async def serve(page: bytes, port: int) -> None:
    plain, compressed = (b"HTTP/1.0 200 OK\r\n\r\n" + body for body in (page, gzip.compress(page, LEVEL)))
    server = await asyncio.get_running_loop().create_server(lambda: Connection(plain, compressed), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]).read_bytes(), int(sys.argv[2])))
