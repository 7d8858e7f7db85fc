"""A region's folder written: surroundings, tenants, and among them the broken ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from region.broken_places import broken
from region.surroundings import write_surroundings
from region.tenant_file import tenant_name, tenant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRegion:
    """`tenants`: their files; `broken`: file, line and column of each mistake."""

    folder: Path
    tenants: tuple[Path, ...]
    broken: frozenset[tuple[str, int, int]]


def write_region(folder: Path, *, tenants: int, broken_files: int = 0, engine: str = "embedded") -> WrittenRegion:
    """Mistakes are spread evenly over the tenants."""
    write_surroundings(folder, engine)
    (folder / "tenants").mkdir()
    every = tenants // broken_files if broken_files else 0
    paths: list[Path] = []
    places: set[tuple[str, int, int]] = set()
    for number in range(1, tenants + 1):
        path = folder / "tenants" / f"{tenant_name(number)}.yaml"
        text = tenant_text(number)
        if every and number % every == 0 and len(places) < broken_files:
            text, (line, column) = broken(text, len(places))
            places.add((str(path), line, column))
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return WrittenRegion(folder=folder, tenants=tuple(paths), broken=frozenset(places))
