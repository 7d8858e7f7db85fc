"""The region of a made-up cloud: its hosts as specs, and tenants whose names its projects' tags hold."""

from __future__ import annotations

from pathlib import Path

from stub_cloud.estate import DISK_GIB, MEMORY_MIB, POOL_GIB, RESERVED_MIB, THREADS, Estate

from region.replacing import replaced, replaced_once, replaced_pattern
from region.tenant_file import SITES
from region.two_sites import host_text, site_text
from region.write import write_region


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
    text = host_text(number, threads=THREADS, memory_gib=MEMORY_MIB // 1024)
    text = replaced_once(text, "reservedGiB: 8", f"reservedGiB: {RESERVED_MIB // 1024}")
    return replaced_once(text, "sizeGiB: 1920", f"sizeGiB: {DISK_GIB}")


def _site(text: str, hosts: int) -> str:
    for backend, size in POOL_GIB.items():
        text = replaced_pattern(
            text, rf"backend: {backend}\n      capacityGiB: \d+", f"backend: {backend}\n      capacityGiB: {size // 2}"
        )
    return site_text(text, hosts)
