"""A peer's own Python environment: its locked packages, hashes checked, away from ours."""

from __future__ import annotations

from pathlib import Path

from measurement.process import run
from measurement.product import Product

LOCKS = Path(__file__).parents[1] / "peers"
INSTALL_LIMIT = 900.0


def install(name: str, folder: Path, product: Product) -> Path:
    """Its `bin`, made from `peers/<name>.txt` below `folder` with our Python. Raises BenchmarkError."""
    place = folder / "peers" / name
    run([product.uv, "venv", "--quiet", "--no-project", "--python", product.python, place], limit=INSTALL_LIMIT)
    locked = ("--require-hashes", "--requirement", LOCKS / f"{name}.txt")
    command = (product.uv, "pip", "install", "--quiet", "--python", place / "bin" / "python", *locked)
    run(product.following_pip(*command), limit=INSTALL_LIMIT)
    return place / "bin"


def pinned(name: str, package: str) -> str:
    """The version that the lock names."""
    for line in (LOCKS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{package}=="):
            return line.removeprefix(f"{package}==").split()[0]
    raise KeyError(package)
