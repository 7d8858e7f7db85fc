"""The stub as a process: serves until it is ended.

    python benchmarks/stub_cloud/serve.py SIZE FOLDER [--latency MILLISECONDS]

SIZE: S, M, L, XL, or TENANTS,HOSTS,SERVERS. FOLDER gets clouds.yaml (cloud and reader) once it serves.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from stub_cloud.answers import Answers
from stub_cloud.desk import Desk
from stub_cloud.estate import Estate
from stub_cloud.server import listen
from stub_cloud.size import SIZES, Size

NAMES = ("mutualis-lab", "mutualis-lab-reader")
ENTRY = """\
  {name}:
    auth:
      auth_url: {base}/identity/v3
      username: made-up
      password: made-up
      project_name: admin
      user_domain_name: Default
      project_domain_name: Default
    region_name: RegionOne
    interface: public
    identity_api_version: 3
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("size")
    options.add_argument("folder", type=Path)
    options.add_argument("--latency", type=float, default=0.0, help="milliseconds a call [default: %(default)s]")
    given = options.parse_args()
    asyncio.run(serve(size_of(given.size), given.folder, given.latency / 1000))


async def serve(size: Size, folder: Path, latency: float) -> None:
    """`latency`: seconds a call."""
    desks: list[Desk] = []
    server = await listen(desks)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    desks.append(Desk(lambda generation: Answers(Estate(size, generation), base), latency))
    text = "clouds:\n" + "".join(ENTRY.format(name=name, base=base) for name in NAMES)
    unfinished = folder / ".clouds.yaml"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(folder / "clouds.yaml")
    async with server:
        await server.serve_forever()


def size_of(text: str) -> Size:
    """By name, or as three numbers."""
    if text in SIZES:
        return SIZES[text]
    tenants, hosts, servers = map(int, text.split(","))
    return Size(tenants=tenants, hosts=hosts, servers=servers)


if __name__ == "__main__":
    main()
