"""A peer's own Python environment: its locked packages, hashes checked, away from ours."""

from __future__ import annotations

from pathlib import Path

from measurement.errors import BenchmarkError
from measurement.process import run
from measurement.product import Product

LOCKS = Path(__file__).parents[1] / "peers"
INSTALL_LIMIT = 900.0


def install(name: str, folder: Path, product: Product) -> Path | None:
    """Its `bin`, made from `peers/<name>.txt` below `folder` with our Python.

    None when it cannot be had, which is said: a benchmark without its peer still tells our own figure.
    """
    place = folder / "peers" / name
    try:
        _install(name, place, product)
    except BenchmarkError as err:
        print(f"{name}: not run, it cannot be installed here: {err}")
        return None
    return place / "bin"


def _install(name: str, place: Path, product: Product) -> None:
    run([product.uv, "venv", "--quiet", "--no-project", "--python", product.python, place], limit=INSTALL_LIMIT)
    locked = ("--require-hashes", "--requirement", LOCKS / f"{name}.txt")
    command = (product.uv, "pip", "install", "--quiet", "--python", place / "bin" / "python", *locked)
    run(product.following_pip(*command), limit=INSTALL_LIMIT)


def pinned(name: str, package: str) -> str:
    """The version that the lock names."""
    for line in (LOCKS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{package}=="):
            return line.removeprefix(f"{package}==").split()[0]
    raise KeyError(package)
