"""The region of a made-up cloud: its hosts as specs, and tenants whose names its projects' tags hold."""

from __future__ import annotations

from pathlib import Path

from stub_cloud.estate import DISK_GIB, MEMORY_MIB, POOL_GIB, RESERVED_MIB, THREADS, Estate

from region.replacing import replaced, replaced_once, replaced_pattern
from region.surroundings import DEMO
from region.tenant_file import SITES
from region.write import write_region

A_RACK = 20
"""Hosts."""


def write_spacious(folder: Path, estate: Estate) -> None:
    """Specs that agree with what the estate's cloud has, and that are accepted: there is room for all promises."""
    write_region(folder, tenants=estate.size.tenants)
    for path in (folder / "hosts").iterdir():
        path.unlink()
    for host in estate.hosts:
        (folder / "hosts" / f"{host.name}.yaml").write_text(_host(host.number), encoding="utf-8")
    catalogue = folder / "catalogue.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(replaced(text, "aggregate: medical", "aggregate: general"), encoding="utf-8")
    for site in SITES:
        path = folder / "sites" / f"{site}.yaml"
        path.write_text(_site(path.read_text(encoding="utf-8"), len(estate.hosts)), encoding="utf-8")


def _host(number: int) -> str:
    text = (DEMO / "hosts" / "nord-2.yaml").read_text(encoding="utf-8")
    rack, unit = divmod(number // 2, A_RACK)
    text = replaced(text, "nord-2", f"host-{number:03}")
    text = replaced_once(text, "site: nord", f"site: {SITES[number % 2]}")
    text = replaced_once(text, "rack: a1", f"rack: r{rack + 1}")
    text = replaced_once(text, "unit: 2", f"unit: {unit + 1}")
    text = replaced_once(text, "threads: 64", f"threads: {THREADS}")
    text = replaced_once(text, "totalGiB: 256", f"totalGiB: {MEMORY_MIB // 1024}")
    text = replaced_once(text, "reservedGiB: 8", f"reservedGiB: {RESERVED_MIB // 1024}")
    text = replaced_once(text, "sizeGiB: 1920", f"sizeGiB: {DISK_GIB}")
    text = replaced_once(text, "02:00:00:00:0a:02", f"02:00:00:01:{number // 256:02x}:{number % 256:02x}")
    return replaced_once(text, "192.168.250.12", f"10.250.{number // 250}.{number % 250 + 1}")


def _site(text: str, hosts: int) -> str:
    racks = "".join(
        f"    - {{name: r{number}, units: 42, feeds: [A, B]}}\n" for number in range(1, hosts // 2 // A_RACK + 2)
    )
    text = text.replace("name: medical", "name: general")  # of one site only
    for backend, size in POOL_GIB.items():
        text = replaced_pattern(
            text, rf"backend: {backend}\n      capacityGiB: \d+", f"backend: {backend}\n      capacityGiB: {size // 2}"
        )
    return replaced_pattern(text, r"(?s)  racks:.*?\n(?=  storage:)", f"  racks:\n{racks}")
