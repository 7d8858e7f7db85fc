"""Older versions of the format, and what changed since: names of fields and the form of their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from orchestrator.spec import schemas

EACH: Final = "[]"
"""In a path: every item of a list."""

_MIB_PER_GIB: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field of one kind that is called `name` now. `value`: its value now, for a value as it was; None: the same."""

    kind: str
    path: tuple[str, ...]
    name: str
    value: Callable[[Any], Any] | None = None
    note: str = ""

    @property
    def shown(self) -> str:
        """The path as people write it."""
        return ".".join(self.path).replace(f".{EACH}", EACH)

    @property
    def meaning(self) -> str:
        """The new name, with what happens to the value."""
        return f"`{self.name}`{f', {self.note}' if self.note else ''}"


def _gib(mib: Any) -> Any:
    """MiB as GiB; what is no number stays, for validation to tell."""
    if isinstance(mib, bool) or not isinstance(mib, int | float):
        return mib
    gib = mib / _MIB_PER_GIB
    return int(gib) if gib.is_integer() else gib


def _class(name: Any) -> Any:
    return "personal" if name == "confidential" else name


OLD: Final[Mapping[str, tuple[Change, ...]]] = MappingProxyType(
    {
        "mutualis/v1alpha1": (
            Change(kind="Region", path=("spec", "residency", "countries"), name="allowedCountries"),
            Change(kind="Region", path=("spec", "reserve", "lostHosts"), name="hosts"),
            Change(kind="Host", path=("spec", "bmc"), name="bmcAddress"),
            Change(kind="Catalogue", path=("spec", "volumeTypes"), name="tiers"),
            Change(
                kind="Catalogue",
                path=("spec", "flavors", EACH, "memoryMiB"),
                name="memoryGiB",
                value=_gib,
                note="in GiB",
            ),
            Change(
                kind="Tenant",
                path=("spec", "dataClass"),
                name="sensitivity",
                value=_class,
                note="where `confidential` is `personal`",
            ),
            Change(kind="Tenant", path=("spec", "servers", EACH, "keypair"), name="sshKey"),
            Change(kind="Tenant", path=("spec", "floatingIps"), name="floatingIPs"),
            Change(kind="Waiver", path=("spec", "until"), name="expires"),
        )
    }
)
"""Version -> what changed to the present one."""


def is_old(version: Any) -> bool:
    """Whether documents of this version can be rewritten."""
    return isinstance(version, str) and version in OLD


PRESENT: Final = schemas.API_VERSION
