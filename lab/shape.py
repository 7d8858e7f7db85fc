"""The datacenter that the embedded cloud plays: what an installer is told, and nothing that an API can make later."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from lab.errors import ShapeError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypervisor:
    """A compute host: memory in MiB, disk in GiB. Ratios are Nova's initial ones; None leaves Nova's own default."""

    name: str
    vcpus: int
    memory_mb: int
    local_gb: int
    cpu_ratio: float | None = None
    memory_ratio: float | None = None
    disk_ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeBackend:
    """A storage back end (Cinder's ``volume_backend_name``) with its capacity in GiB."""

    name: str
    capacity_gb: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudShape:
    """Region name, compute hosts, storage back ends and the physical networks that provider networks may use."""

    region: str
    hypervisors: tuple[Hypervisor, ...]
    volume_backends: tuple[VolumeBackend, ...]
    physical_networks: tuple[str, ...] = ("physnet1",)

    def __post_init__(self) -> None:
        _unique("hypervisor", (h.name for h in self.hypervisors))
        _unique("volume back end", (b.name for b in self.volume_backends))
        _unique("physical network", self.physical_networks)
        _unique("region", (self.region,))

    def as_json(self) -> dict[str, Any]:
        """Return plain data for the cloud's own file; ``shape_of_json`` reads it back."""
        return asdict(self)


def shape_of_json(data: dict[str, Any]) -> CloudShape:
    return CloudShape(
        region=data["region"],
        hypervisors=tuple(Hypervisor(**h) for h in data["hypervisors"]),
        volume_backends=tuple(VolumeBackend(**b) for b in data["volume_backends"]),
        physical_networks=tuple(data["physical_networks"]),
    )


def as_text(shape: CloudShape) -> str:
    """Return the same text for the same shape, so that it can be digested."""
    return json.dumps(shape.as_json(), sort_keys=True)


def _unique(kind: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if not _NAME.fullmatch(name):
            _refuse(
                f"{kind} {name!r} has a name that OpenStack's configuration cannot carry", "use letters, digits, . _ -"
            )
        if name in seen:
            _refuse(f"{kind} {name!r} stands twice", "give each a name of its own")
        seen.add(name)
    if not seen:
        _refuse(f"there is no {kind}", "describe at least one")


def _refuse(what: str, what_to_do: str) -> None:
    raise ShapeError(what=what, where="shape of the cloud", what_to_do=what_to_do)
