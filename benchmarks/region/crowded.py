"""A region of hundreds of hosts in racks and a thousand tenants with servers: what what_if.py asks about.

Two sites; hosts of four shapes, 20 a rack; every tenant has the demo tenant's servers (two of them apart), a pool of
further ones, and a guaranteed share that covers them and leaves a rest without servers.
"""

from __future__ import annotations

from pathlib import Path

from region.replacing import replaced, replaced_once, replaced_pattern
from region.surroundings import DEMO, write_surroundings
from region.tenant_file import SITES, tenant_name, tenant_text

SHAPES = ((32, 128), (64, 256), (48, 512), (24, 96))
"""Threads and GiB."""
A_RACK = 20
POOLS = ((2, "small"), (4, "medium"), (6, "small"), (3, "large"), (8, "nano"))
"""Desktop pools: count and flavor, given to tenants in turn."""


def write_crowded(folder: Path, *, hosts: int, tenants: int, memory_gib: int) -> None:
    """`memory_gib`: what each tenant is guaranteed."""
    write_surroundings(folder, "embedded")
    for path in (folder / "hosts").iterdir():
        path.unlink()
    (folder / "tenants").mkdir()
    for number in range(hosts):
        (folder / "hosts" / f"host-{number:03}.yaml").write_text(_host(number), encoding="utf-8")
    catalogue = folder / "catalogue.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(replaced(text, "aggregate: medical", "aggregate: general"), encoding="utf-8")
    for site in SITES:
        path = folder / "sites" / f"{site}.yaml"
        path.write_text(_site(path.read_text(encoding="utf-8"), hosts), encoding="utf-8")
    for number in range(1, tenants + 1):
        text = _tenant(number, memory_gib)
        (folder / "tenants" / f"{tenant_name(number)}.yaml").write_text(text, encoding="utf-8")


def _host(number: int) -> str:
    text = (DEMO / "hosts" / "nord-2.yaml").read_text(encoding="utf-8")
    site, place = number % 2, number // 2
    threads, memory = SHAPES[place % len(SHAPES)]
    rack, unit = divmod(place, A_RACK)
    text = replaced(text, "nord-2", f"host-{number:03}")
    text = replaced_once(text, "site: nord", f"site: {SITES[site]}")
    text = replaced_once(text, "rack: a1", f"rack: r{rack + 1}")
    text = replaced_once(text, "unit: 2", f"unit: {unit + 1}")
    text = replaced_once(text, "threads: 64", f"threads: {threads}")
    text = replaced_once(text, "totalGiB: 256", f"totalGiB: {memory}")
    text = replaced_once(text, "02:00:00:00:0a:02", f"02:00:00:01:{number // 256:02x}:{number % 256:02x}")
    return replaced_once(text, "192.168.250.12", f"10.250.{number // 250}.{number % 250 + 1}")


def _site(text: str, hosts: int) -> str:
    racks = "".join(
        f"    - {{name: r{number}, units: 42, feeds: [A, B]}}\n" for number in range(1, hosts // 2 // A_RACK + 2)
    )
    text = text.replace("name: medical", "name: general")  # of one site only
    return replaced_pattern(text, r"(?s)  racks:.*?\n(?=  storage:)", f"  racks:\n{racks}")


def _tenant(number: int, memory_gib: int) -> str:
    count, flavor = POOLS[number % len(POOLS)]
    text = replaced_once(tenant_text(number), "    vcpus: 4\n    memoryGiB: 8\n", _share(number, memory_gib))
    pool = f"  desktopPools:\n    - {{name: more, count: {count}, flavor: {flavor}, image: debian-13, network: care}}\n"
    return replaced_once(text, "  volumes:\n", f"{pool}  volumes:\n")


def _share(number: int, memory_gib: int) -> str:
    return f"    vcpus: {memory_gib // 3 + number % 7}\n    memoryGiB: {memory_gib}\n"
