"""What keeps the comparison of exporters honest: figures are read as they stand, and a wrong one is no figure."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path

import pytest
from exporting.bare_page import Connection
from exporting.expected import expected, quotas
from exporting.figures import differing, figures, series
from exporting.floor import floor
from exporting.scrapers import scrape
from stub_cloud.estate import Estate
from stub_cloud.running import running_stub
from stub_cloud.size import SIZES

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.exporter_prometheus.page import render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.adapters.inventory_openstack.connection_door import open_door
from orchestrator.adapters.inventory_openstack.inventory import OpenStackInventory
from orchestrator.wiring.specs import accepted, validated

PAGE = """# HELP a b
# TYPE a gauge
a{tenant="x",tier=""} 1.5e+03
a{tenant="q\\"uote"} +Inf
b 0.0
"""


def test_a_page_is_read_as_it_stands() -> None:
    """Labels without a value are as good as none."""
    found = figures(PAGE)
    assert found[series("a", tenant="x")] == 1500
    assert math.isinf(found[series("a", tenant='q\\"uote')])
    assert found[series("b")] == 0


def test_wrong_and_missing_figures_differ() -> None:
    """What a page has besides does not count."""
    right = {series("a", tenant="x"): 1500.0, series("b"): 1.0, series("c"): 0.0}
    assert differing(figures(PAGE), right) == [series("b"), series("c")]


@pytest.mark.parametrize("generation", [0, 1])
def test_our_page_is_right_about_the_made_up_cloud(tmp_path: Path, generation: int) -> None:
    """Every figure that was computed from its plain facts, over real HTTP."""
    from region.spacious import write_spacious  # noqa: PLC0415 (found by name, as when benchmarks run)

    estate = Estate(SIZES["XS"], generation)
    write_spacious(tmp_path / "region", estate)
    with running_stub("XS", tmp_path / "stub") as stub:
        stub.set_generation(generation)
        door = open_door("mutualis-lab-reader", {"OS_CLIENT_CONFIG_FILE": str(stub.clouds)})
        snapshot = OpenStackInventory(door, SystemClock()).read()
        asked, targets = stub.asked(), stub.targets()
        assert stub.missing() == []
        assert floor(stub.base, targets) > 0
        assert stub.asked().number == 2 * asked.number
    assert asked.tokens == 1
    page = figures(render(reading(accepted(validated(tmp_path / "region")), snapshot)).plain.decode())
    for wanted in (*expected(estate).values(), quotas(estate)):
        assert wanted
        assert differing(page, wanted) == []


def test_scrapers_time_whole_pages() -> None:
    """Each asks again and again; the size is that of the answer."""

    async def measured() -> tuple[list[float], list[int]]:
        loop = asyncio.get_running_loop()
        head = b"HTTP/1.0 200 OK\r\n\r\n"
        server = await loop.create_server(lambda: Connection(head + b"x" * 100, head), "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await scrape(f"http://127.0.0.1:{port}/metrics", 3, 0.05, 0.2, compressed=False)

    times, sizes = asyncio.run(measured())
    assert len(times) >= 3
    assert set(sizes) == {119}
