"""A group of addresses; its members change by calls of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties


class AddressGroup(Collection):
    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        return super().changes(action, {name: value for name, value in changed.items() if name != "addresses"})

    def updated(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> bool:
        if "addresses" not in changed:
            return False
        old, new = set(known.get("addresses") or ()), set(changed["addresses"] or ())
        for verb, addresses in (("remove_addresses", old - new), ("add_addresses", new - old)):
            if addresses:
                body = {"addresses": sorted(addresses)}
                action.service().put(f"{self.place(action, id_)}/{verb}", body)
        return True
