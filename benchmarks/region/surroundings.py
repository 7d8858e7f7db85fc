"""Everything of a region but its tenants: the demo's, with hosts and storage large enough for thousands of them."""

from __future__ import annotations

from pathlib import Path

from measurement.product import CHECKOUT

from region.replacing import replaced_once, replaced_pattern

DEMO = CHECKOUT / "inventory" / "demo"
NAME = "large"
THREADS, MEMORY_GIB, DISK_GIB, STORAGE_GIB = 4096, 100_000, 1_000_000, 100_000_000


def write_surroundings(folder: Path, engine: str) -> None:
    """`engine`: as the Region spec names it."""
    for path in sorted(DEMO.rglob("*")):
        place = folder / path.relative_to(DEMO)
        if path.is_file() and path.parent.name not in {"tenants", "waivers"}:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_enlarged(path, engine))


def _enlarged(path: Path, engine: str) -> bytes:
    if path.suffix != ".yaml":
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "hosts":
        text = _host(text)
    elif path.parent.name == "sites":
        text = replaced_pattern(text, r"capacityGiB: \d+", f"capacityGiB: {STORAGE_GIB}")
    elif path.name == "region.yaml":
        text = _region(text, engine)
    return text.encode()


def _host(text: str) -> str:
    text = replaced_pattern(text, r"threads: \d+", f"threads: {THREADS}")
    text = replaced_pattern(text, r"totalGiB: \d+", f"totalGiB: {MEMORY_GIB}")
    text = replaced_pattern(text, r"sizeGiB: \d+", f"sizeGiB: {DISK_GIB}")
    return "\n".join(line for line in text.split("\n") if not line.startswith("  owner:"))  # its tenant is left out


def _region(text: str, engine: str) -> str:
    text = replaced_once(text, "  name: demo", f"  name: {NAME}")
    text = replaced_once(text, "engine: embedded", f"engine: {engine}")
    text = replaced_once(text, "cidr: 203.0.113.0/24", "cidr: 100.64.0.0/10")  # shared address space, RFC 6598
    text = replaced_once(text, "gateway: 203.0.113.1", "gateway: 100.64.0.1")
    text = replaced_once(text, "first: 203.0.113.20", "first: 100.64.1.0")
    return replaced_once(text, "last: 203.0.113.250", "last: 100.127.255.0")
