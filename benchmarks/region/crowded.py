"""A region of hundreds of hosts in racks and a thousand tenants with servers: what what_if.py asks about.

Two sites; hosts of four shapes, 20 a rack; every tenant has the demo tenant's servers (two of them apart), a pool of
further ones, and a guaranteed share that covers them and leaves a rest without servers.
"""

from __future__ import annotations

from pathlib import Path

from region.replacing import replaced, replaced_once
from region.surroundings import write_surroundings
from region.tenant_file import SITES, tenant_name, tenant_text
from region.two_sites import host_text, site_text

SHAPES = ((32, 128), (64, 256), (48, 512), (24, 96))
"""Threads and GiB."""
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
        path.write_text(site_text(path.read_text(encoding="utf-8"), hosts), encoding="utf-8")
    for number in range(1, tenants + 1):
        text = _tenant(number, memory_gib)
        (folder / "tenants" / f"{tenant_name(number)}.yaml").write_text(text, encoding="utf-8")


def _host(number: int) -> str:
    threads, memory_gib = SHAPES[number // 2 % len(SHAPES)]
    return host_text(number, threads=threads, memory_gib=memory_gib)


def _tenant(number: int, memory_gib: int) -> str:
    count, flavor = POOLS[number % len(POOLS)]
    text = replaced_once(tenant_text(number), "    vcpus: 4\n    memoryGiB: 8\n", _share(number, memory_gib))
    pool = f"  desktopPools:\n    - {{name: more, count: {count}, flavor: {flavor}, image: debian-13, network: care}}\n"
    return replaced_once(text, "  volumes:\n", f"{pool}  volumes:\n")


def _share(number: int, memory_gib: int) -> str:
    return f"    vcpus: {memory_gib // 3 + number % 7}\n    memoryGiB: {memory_gib}\n"
