"""Secrets that an operator brings along: an authority of their own, keys of a Ceph that somebody else runs.

They stand in `<state>/<region>/brought/` until an apply has read them; then the encrypted file of secrets has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.hosts_ansible.authority import Certified, fault_of
from orchestrator.errors import PermanentFailure
from orchestrator.model.host_inventory import HostInventory
from orchestrator.model.installation import Authority, VolumeDriver

FOLDER: Final = "brought"
_HINT: Final = "put it there (mode 0600) until the next apply has read it: docs/hosts.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """`authority`: the one that signs, and below its certificate those up to the root; `ceph`: back end -> key."""

    authority: Certified | None = None
    ceph: Mapping[str, str] = field(default_factory=dict)


NOTHING_BROUGHT: Final = Brought()


def brought(state: Path, inventory: HostInventory, known: Mapping[str, Any]) -> Brought:
    """What lies there of what the specs ask for. `state`: the region's folder; `known`: the secrets so far.

    Raises PermanentFailure when something is neither there nor known.
    """
    folder = state / FOLDER
    return Brought(authority=_authority(folder, inventory, known), ceph=_ceph(folder, inventory, known))


def _authority(folder: Path, inventory: HostInventory, known: Mapping[str, Any]) -> Certified | None:
    if inventory.variables["mutualis_certificate_authority"] != Authority.BROUGHT.value:
        return None
    certificate, key = folder / "authority.crt", folder / "authority.key"
    if not known.get("authority_brought") or certificate.exists():
        found = Certified(certificate=_text(certificate), key=_text(key))
        if fault := fault_of(found):
            raise PermanentFailure(f"the authority in {folder} cannot sign: {fault}", hint=_HINT)
        return found
    return None


def _ceph(folder: Path, inventory: HostInventory, known: Mapping[str, Any]) -> Mapping[str, str]:
    backends = inventory.variables["mutualis_served_backends"]
    names = sorted({one["name"] for one in backends if one["driver"] == VolumeDriver.CEPH.value})
    has: Mapping[str, str] = known.get("ceph", {})
    files = {name: folder / f"ceph-{name}.key" for name in names}
    return {name: _text(file).strip() for name, file in files.items() if name not in has or file.exists()}


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PermanentFailure(
            f"the specs say that {file.name} is brought along, and {file} cannot be read",
            hint=_HINT,
        ) from error
