"""The hosts of a region, one line each: as written, as last applied, and as the running cloud has them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from orchestrator.model.host_duty import HostService
from orchestrator.model.site import Host
from orchestrator.reporting.table import table

NUMBERS: Final = frozenset({5})
NEVER: Final = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostLine:
    """`spec`: None for a host that only the cloud knows; `services`: None where the cloud was not asked.

    `servers`: that it carries, None likewise; `applied_at`: RFC 3339, empty: never, or not by us.
    """

    name: str
    spec: Host | None
    applied_at: str
    services: tuple[HostService, ...] | None = None
    servers: int | None = None

    @property
    def duty(self) -> str:
        """`up, enabled`; `down, disabled (fan broken)`; of several services all that differ."""
        if self.services is None:
            return ""
        told = dict.fromkeys(_duty(one) for one in self.services)
        return "; ".join(told) or "no service"


def hosts_to_text(lines: Sequence[HostLine]) -> str:
    """Columns that the cloud was not asked for are left out."""
    asked = any(line.services is not None for line in lines)
    head = ("host", "roles", "place", "by its spec", "last applied", "servers", "in the cloud")
    rows = [head, *map(_row, lines)]
    return table(rows if asked else [row[:5] for row in rows], right=NUMBERS if asked else frozenset()) + "\n"


def hosts_to_json(lines: Sequence[HostLine]) -> str:
    """A list; what was not asked is null."""
    return json.dumps([_data(line) for line in lines], indent=1) + "\n"


def _row(line: HostLine) -> tuple[str, ...]:
    return (
        line.name,
        ", ".join(role.value for role in line.spec.roles) if line.spec else "",
        f"{line.spec.site}/{line.spec.aggregate}" if line.spec else "",
        _wanted(line.spec),
        line.applied_at or NEVER,
        "" if line.servers is None else str(line.servers),
        line.duty,
    )


def _wanted(spec: Host | None) -> str:
    if spec is None:
        return "no spec"
    return "maintenance" if spec.maintenance else "in duty"


def _duty(service: HostService) -> str:
    reason = f" ({service.reason})" if service.reason else ""
    return f"{'up' if service.up else 'down'}, {'enabled' if service.enabled else f'disabled{reason}'}"


def _data(line: HostLine) -> dict[str, object]:
    spec = line.spec
    return {
        "host": line.name,
        "roles": [role.value for role in spec.roles] if spec else None,
        "site": spec.site if spec else None,
        "aggregate": spec.aggregate if spec else None,
        "maintenance": spec.maintenance if spec else None,
        "appliedAt": line.applied_at or None,
        "servers": line.servers,
        "services": None if line.services is None else [_service(one) for one in line.services],
    }


def _service(service: HostService) -> dict[str, object]:
    return {name: value for name, value in asdict(service).items() if name not in {"host", "id"}}
