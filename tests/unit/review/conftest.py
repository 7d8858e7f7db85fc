"""What tests of reviews share: a repository with the demo region, and the review of a change to it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from git_repository import Repository, working_copy

from orchestrator.model.review import Review
from orchestrator.wiring.review import reviewed

Look = Callable[..., Review]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return working_copy(tmp_path / "copy")


@pytest.fixture
def look(repository: Repository) -> Look:
    """The review of a head of the repository against main."""

    def reviewing(head: str = "HEAD", base: str | None = "main", folder: str = "inventory/demo") -> Review:
        found, _ = reviewed(repository.place, Path(folder), base=base, head=head, rules=None, load=Fraction(1, 2))
        return found

    return reviewing
