"""What is served, as those who answer requests see it: made in this process (collection.py), or in another (far.py)."""

from __future__ import annotations

from typing import Protocol

from orchestrator.adapters.exporter_prometheus.negotiation import Format


class Rendered(Protocol):
    def body(self, form: Format, *, compressed: bool) -> bytes:
        """The bytes of one answer."""


class Members(Protocol):
    def page(self, tenant: str) -> Rendered | None:
        """What a tenant may see of one collection; None: there is no such tenant."""


class RegionRendered(Rendered, Protocol):
    """All series of one collection."""

    @property
    def members(self) -> Members: ...


class Shown(Protocol):
    """The collection, as far as routes know it. Safe from many threads at once."""

    @property
    def page(self) -> RegionRendered | None:
        """The newest; None until the first collection is over."""

    @property
    def alive(self) -> bool:
        """Whether it goes on collecting."""

    def reload(self) -> None:
        """Read the specs again and collect. Raises MutualisError when they cannot be read; nothing changes then."""
