"""Hundreds of hosts over two sites, made of one of the demo's: what large regions have in common."""

from __future__ import annotations

from region.replacing import replaced, replaced_once, replaced_pattern
from region.surroundings import DEMO
from region.tenant_file import SITES

A_RACK = 20
"""Hosts."""


def host_text(number: int, *, threads: int, memory_gib: int) -> str:
    """The spec of `host-NNN`: at the sites in turn, a rack after the other, with addresses of its own."""
    text = (DEMO / "hosts" / "nord-2.yaml").read_text(encoding="utf-8")
    rack, unit = divmod(number // 2, A_RACK)
    text = replaced(text, "nord-2", f"host-{number:03}")
    text = replaced_once(text, "site: nord", f"site: {SITES[number % 2]}")
    text = replaced_once(text, "rack: a1", f"rack: r{rack + 1}")
    text = replaced_once(text, "unit: 2", f"unit: {unit + 1}")
    text = replaced_once(text, "threads: 64", f"threads: {threads}")
    text = replaced_once(text, "totalGiB: 256", f"totalGiB: {memory_gib}")
    text = replaced_once(text, "02:00:00:00:0a:02", f"02:00:00:01:{number // 256:02x}:{number % 256:02x}")
    return replaced_once(text, "192.168.250.12", f"10.250.{number // 250}.{number % 250 + 1}")


def site_text(text: str, hosts: int) -> str:
    """A site of the demo with racks for its half of the hosts."""
    racks = "".join(
        f"    - {{name: r{number}, units: 42, feeds: [A, B]}}\n" for number in range(1, hosts // 2 // A_RACK + 2)
    )
    text = text.replace("name: medical", "name: general")  # of one site only
    return replaced_pattern(text, r"(?s)  racks:.*?\n(?=  storage:)", f"  racks:\n{racks}")
