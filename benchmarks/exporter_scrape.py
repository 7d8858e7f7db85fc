"""Scrape an exporter: ten scrapers, plain and compressed, with and without collections going on.

    python benchmarks/exporter_scrape.py [--sizes M XL] [--scrapers 10] [--every 0.5] [--seconds 10]
        [--openstack-exporter FILE]

The cloud is the stub; M gives more than 20 000 series, XL more than 100 000. `collecting`: one collection begins when
the other is over, without a pause. Peers: client_python's own server over the same families, which renders at each
scrape and collects nothing; openstack-exporter with its cache. Floor: the same bytes by a server that does no more.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from exporting import peers
from exporting.ours import NAME as OURS
from exporting.ours import Exporter, exporter
from exporting.server_process import Served, free_port, served
from measurement import program
from measurement.process import run
from measurement.product import Product, product
from measurement.table import number, table
from measurement.verdict import Verdict
from region.spacious import write_spacious
from stub_cloud.estate import Estate
from stub_cloud.running import running_stub
from stub_cloud.serve import size_of

NAME, UNIT = "exporter_scrape", "ms, p99, plain, while collecting"
GOAL = "p99 < 20 ms at 20 000 series with 10 scrapers while collecting"
GOAL_MS, GOAL_SERIES, GOAL_SCRAPERS = 20.0, 20_000, 10
LATENCY = 20.0
"""Milliseconds a call of the cloud that is collected meanwhile."""
FORMS = {"plain": (), "gzip": ("gzip",)}
CLIENT_PYTHON, FLOOR, CACHED = "client_python's server", "floor: the bytes alone", "openstack-exporter --cache"
SCRIPTS = {CLIENT_PYTHON: "wsgi_page.py", FLOOR: "bare_page.py"}
START_LIMIT = 120.0
MORE = 120.0
"""Seconds that scrapers may need beyond what they were told."""
PERCENT = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Scraped:
    """`times`: milliseconds of each scrape; `cpu`: milliseconds a scrape, whatever the server did besides."""

    contender: str
    form: str
    series: int
    times: list[float]
    cpu: float
    size: int

    @property
    def worst(self) -> float:
        """The 99th percentile (nearest rank)."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, len(ordered) * PERCENT // 100)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", nargs="+", default=["M", "XL"], help="[default: %(default)s]")
    options.add_argument("--scrapers", type=int, default=GOAL_SCRAPERS, help="[default: %(default)s]")
    options.add_argument("--every", type=float, default=0.5, help="seconds, of each scraper [default: %(default)s]")
    options.add_argument("--seconds", type=float, default=10.0, help="of each measurement [default: %(default)s]")
    peers.add_options(options)
    program.main(NAME, UNIT, GOAL, partial(measure, options.parse_args()))


def measure(given: argparse.Namespace, folder: Path) -> Verdict:
    here, others = product(folder), {peer.name: peer for peer in peers.found(given)}
    cached = others.get(peers.OPENSTACK_EXPORTER)
    found: list[Scraped] = []
    for size in given.sizes:
        bench = Bench(given=given, product=here, folder=folder, size=size)
        found += bench.scrape(cached if size == given.sizes[0] else None)
    print(f"\n{given.scrapers} scrapers, each every {given.every:g} s\n")
    print(table(HEADER, [_row(one) for one in found]), "\n")
    return verdict(given, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    given: argparse.Namespace
    product: Product
    folder: Path
    size: str

    def scrape(self, cached: peers.Peer | None) -> list[Scraped]:
        """All contenders, one after the other, of one size."""
        region, found = self.folder / f"region-{self.size}", []
        write_spacious(region, Estate(size_of(self.size)))
        with ExitStack() as stack:
            stub = stack.enter_context(running_stub(self.size, self.folder / f"stub-{self.size}", LATENCY))
            log = self.folder / "ours.log"
            with exporter(self.product, region, stub.clouds, log) as ours:
                ours.ready()
                ours.collect()
                page = ours.server.get(START_LIMIT)
                found += self._of(f"{OURS}, idle", ours.server, _series(page), nullcontext)
                found += self._of(f"{OURS}, collecting", ours.server, _series(page), partial(collecting, ours))
            for name in SCRIPTS:
                with self._script(name, page) as server:
                    found += self._of(name, server, _series(page), nullcontext)
            if cached:
                with cached.started(stub.clouds, self.folder / "cached.log", "--cache", "--cache-ttl=1h") as server:
                    theirs = self._filled(server)
                    found += self._of(CACHED, server, _series(theirs), nullcontext)
        return found

    def _of(self, name: str, server: Served, series: int, meanwhile: object) -> Iterator[Scraped]:
        for form, options in FORMS.items():
            program.progress(f"{self.size}: {name}, {form}")
            with meanwhile():  # type: ignore[operator]  # a maker of contexts
                yield self._scraped(name, form, server, series, options)

    def _scraped(self, name: str, form: str, server: Served, series: int, options: tuple[str, ...]) -> Scraped:
        given = self.given
        script = Path(__file__).with_name("exporting") / "scrapers.py"
        command = (
            sys.executable,
            script,
            server.url,
            str(given.scrapers),
            str(given.every),
            str(given.seconds),
            *options,
        )
        cpu = server.cpu()
        said = json.loads(run(command, limit=given.seconds + MORE).output.splitlines()[-1])
        times = [second * 1000 for second in said["seconds"]]
        spent = (server.cpu() - cpu) * 1000 / len(times)
        return Scraped(contender=name, form=form, series=series, times=times, cpu=spent, size=said["bytes"])

    @contextmanager
    def _script(self, name: str, page: bytes) -> Iterator[Served]:
        text, port = self.folder / "page.prom", free_port()
        text.write_bytes(page)
        command = (self.product.python, Path(__file__).with_name("exporting") / SCRIPTS[name], text, port)
        log = self.folder / "script.log"
        with served([str(part) for part in command], log, f"http://127.0.0.1:{port}/metrics") as server:
            server.wait("ready", server.answers, START_LIMIT)
            yield server

    def _filled(self, server: Served) -> bytes:
        """Its page once it is whole: before, it has nothing of the cloud."""
        pages: list[bytes] = []

        def whole() -> bool:
            pages[:] = [server.get(START_LIMIT)]
            return b"openstack_placement_up" in pages[0] and b"openstack_nova_up" in pages[0]

        server.wait("filled", whole, START_LIMIT * 5)
        return pages[0]


@contextmanager
def collecting(ours: Exporter) -> Iterator[None]:
    """One collection after the other for the length of the block."""
    ended = threading.Event()

    def wake() -> None:
        while not ended.wait(0.1):
            ours.server.tell(signal.SIGHUP)

    waker = threading.Thread(target=wake, daemon=True)
    waker.start()
    try:
        yield
    finally:
        ended.set()
        waker.join()


def _series(page: bytes) -> int:
    return sum(not line.startswith(b"#") for line in page.splitlines())


HEADER = ("", "form", "series", "MB", "scrapes", "p50 ms", "p99 ms", "max ms", "CPU ms")


def _row(one: Scraped) -> tuple[str, ...]:
    figures = (median(one.times), one.worst, max(one.times))
    cpu = "-" if one.contender.endswith("collecting") else number(one.cpu)  # it would be the collections'
    sizes = (str(one.series), number(one.size / 1e6), str(len(one.times)))
    return (one.contender, one.form, *sizes, *map(number, figures), cpu)


def verdict(given: argparse.Namespace, found: list[Scraped]) -> Verdict:
    """Of our own page in plain text, while collecting, in the first size."""
    first = {(one.contender, one.form): one for one in reversed(found)}
    ours, peer = first[f"{OURS}, collecting", "plain"], first[CLIENT_PYTHON, "plain"]
    return Verdict(
        name=NAME,
        ours=ours.worst,
        unit=UNIT,
        peer=CLIENT_PYTHON,
        peer_value=peer.worst,
        ratio=peer.worst / ours.worst,
        goal=GOAL,
        reached=ours.worst < GOAL_MS,
        full_size=ours.series >= GOAL_SERIES and given.scrapers >= GOAL_SCRAPERS,
        further={f"{one.contender}, {one.form}, {one.series} series, p99 ms": round(one.worst, 2) for one in found},
    )


if __name__ == "__main__":
    main()
