"""Which types are carried out, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.schema import ResourceType, described
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Handler

HANDLERS: Final[Mapping[str, Handler]] = {
    "openstack:identity/groupV3:GroupV3": Collection(),
    "openstack:identity/project:Project": Collection(),
    "openstack:identity/role:Role": Collection(),
    "openstack:networking/network:Network": Collection(),
    "openstack:networking/subnet:Subnet": Collection(),
}


def type_of(kind: str) -> ResourceType:
    """The description of a type that is carried out."""
    type_ = described(kind) if kind in HANDLERS else None
    if type_ is None:
        raise ProviderError(f"the type {kind} is not supported by the embedded engine")
    return type_
