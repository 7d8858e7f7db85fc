"""The least that a collection can take: its own calls again, raw, nothing made of the answers.

Every page of a list is asked for at once, as nobody can who does not know the markers: so it is a bound from below.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

AT_ONCE = 8
"""Calls to one service: as ours."""
POSTED = "/identity/v3/auth/tokens"


def floor(base: str, targets: Sequence[str]) -> float:
    """Seconds. `base`: the stub's address; `targets`: what was asked."""
    return asyncio.run(_all(base, targets))


async def _all(base: str, targets: Sequence[str]) -> float:
    queues: defaultdict[str, list[str]] = defaultdict(list)
    for target in targets:
        queues[target.split("/", 2)[1]].append(target)
    url = urlsplit(base)
    begun = time.perf_counter()
    workers = [
        _worker(str(url.hostname), int(url.port or 0), queue) for queue in queues.values() for _ in range(AT_ONCE)
    ]
    await asyncio.gather(*workers)
    return time.perf_counter() - begun


async def _worker(host: str, port: int, queue: list[str]) -> None:
    if not queue:
        return
    reader, writer = await asyncio.open_connection(host, port)
    while queue:
        await _ask(reader, writer, queue.pop())
    writer.close()
    await writer.wait_closed()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: str) -> None:
    method = "POST" if target.startswith(POSTED) else "GET"
    writer.write(f"{method} {target} HTTP/1.1\r\nHost: stub\r\nContent-Length: 0\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.split(b"\r\n") if line.startswith(b"Content-Length: "))
    await reader.readexactly(int(length.removeprefix(b"Content-Length: ")))
