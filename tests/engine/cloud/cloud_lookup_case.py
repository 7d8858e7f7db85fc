"""For each function: arguments that find one thing, what it then tells, and arguments that find none or several."""

from dataclasses import dataclass, field
from typing import Any

NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupCase:
    """`@name`: the id of an object of the ground. `nothing`, `several`: None where there can be no such answer."""

    found: dict[str, Any]
    shows: dict[str, Any] = field(default_factory=dict)
    nothing: dict[str, Any] | None = None
    several: dict[str, Any] | None = None
    needs: tuple[str, ...] = ()
