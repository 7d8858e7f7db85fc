"""Scrapers as a process of their own: each asks for the page at its beat, and the times are told.

    python scrapers.py URL SCRAPERS EVERY SECONDS [gzip]

The last line is JSON: seconds from the connection's begin to the page's last byte, of each scrape; bytes of a page.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit

CHUNK = 2**20
LIMIT = 30.0
"""Seconds for one scrape; one that takes longer ends the measurement."""


def main() -> None:
    url, number, every, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
    times, sizes = asyncio.run(scrape(url, number, every, seconds, compressed="gzip" in sys.argv[5:]))
    print(json.dumps({"seconds": times, "bytes": max(sizes)}))


async def scrape(
    url: str, number: int, every: float, seconds: float, *, compressed: bool
) -> tuple[list[float], list[int]]:
    """`number` scrapers, spread evenly over a beat of `every` seconds."""
    times: list[float] = []
    sizes: list[int] = []
    ends = time.perf_counter() + seconds

    async def scraper(place: int) -> None:
        due = time.perf_counter() + place * every / number
        while due < ends:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            begun = time.perf_counter()
            sizes.append(await asyncio.wait_for(_page(url, compressed=compressed), LIMIT))
            times.append(time.perf_counter() - begun)
            due = max(due + every, time.perf_counter())

    await asyncio.gather(*(scraper(place) for place in range(number)))
    return times, sizes


async def _page(url: str, *, compressed: bool) -> int:
    """Its bytes as sent, headers included; the connection is closed by the server."""
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port, limit=CHUNK)
    encoding = "Accept-Encoding: gzip\r\n" if compressed else ""
    writer.write(f"GET {where.path} HTTP/1.0\r\nHost: {where.netloc}\r\n{encoding}\r\n".encode())
    size, status = 0, b""
    while data := await reader.read(CHUNK):
        status = status or data.split(b" ", 2)[1]
        size += len(data)
    writer.close()
    if status != b"200":
        raise ConnectionError(f"the page was answered with {status.decode() or 'nothing'}")
    return size


if __name__ == "__main__":
    main()
