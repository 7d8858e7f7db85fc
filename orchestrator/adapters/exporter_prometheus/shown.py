"""What is served, as those who answer requests see it: made in this process (collection.py), or in another (far.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from orchestrator.adapters.exporter_prometheus.rendering import Page


class Members(Protocol):
    def page(self, tenant: str) -> Page | None:
        """What a tenant may see of one collection; None: there is no such tenant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage(Page):
    """All series of one collection; `members`: what each tenant may see of them."""

    members: Members = field(compare=False, repr=False)


class Shown(Protocol):
    """The collection, as far as routes know it. Safe from many threads at once."""

    @property
    def page(self) -> ShownPage | None:
        """The newest; None until the first collection is over."""

    @property
    def alive(self) -> bool:
        """Whether it goes on collecting."""

    def reload(self) -> None:
        """Read the specs again and collect. Raises MutualisError when they cannot be read; nothing changes then."""
