"""The checkout as the house rules see it: its files, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("orchestrator", "stacks", "policies", "lab")
"""What is installed with Mutualis."""

NOT_OURS = {"__pycache__", "build", "dist", "node_modules"}
HIDDEN_BUT_OURS = {".ci", ".gitignore", ".gitattributes", ".editorconfig"}


def python_files(*roots: str) -> list[Path]:
    """All modules below the folders of the checkout, sorted; none of a folder that is not there."""
    return [path for root in roots for path in sorted((ROOT / root).rglob("*.py")) if _ours(path)]


def text_files() -> Iterator[tuple[Path, str]]:
    """Every text file of the checkout with its text; what Git ignores by our own .gitignore is not looked at."""
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and not path.is_symlink() and _ours(path):
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # images of disks and the like


def _ours(path: Path) -> bool:
    return all(_ours_by_name(part) for part in path.relative_to(ROOT).parts)


def _ours_by_name(part: str) -> bool:
    if part.startswith("."):
        return part in HIDDEN_BUT_OURS
    return part not in NOT_OURS and not part.endswith(".egg-info")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def shown(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


def check_none(found: Iterable[str]) -> None:
    """Assert that nothing was found; show all of it else."""
    lines = list(found)
    assert not lines, "\n" + "\n".join(lines)


def module_name(path: Path) -> str:
    """`orchestrator/spec/load.py` -> `orchestrator.spec.load`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
