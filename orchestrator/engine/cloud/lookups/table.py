"""Which functions are carried out, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.connection import Connection
    from orchestrator.engine.provider import Properties

FUNCTIONS: Final[Mapping[str, Callable[[Connection, Properties], dict[str, Any]]]] = {}
