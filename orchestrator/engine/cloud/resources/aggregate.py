"""A host aggregate, with its hosts and metadata; its availability zone is a key of the metadata in Nova."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.faults import ServiceFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_ZONE = "availability_zone"


class Aggregate(Collection):
    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:  # noqa: ARG002 (the base class's)
        return {"name": inputs["name"], _ZONE: inputs.get("zone")}

    def created(self, action: Action, id_: str, inputs: Properties, body: dict[str, Any]) -> dict[str, Any]:
        metadata = dict(inputs.get("metadata") or {})
        if not metadata and not inputs.get("hosts"):
            return body
        self._set_metadata(action, id_, {}, metadata)
        self._set_hosts(action, id_, body.get("hosts") or (), inputs.get("hosts") or ())
        return self.fetch(action, id_) or body

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 (the base class's)
        body = {"name": changed["name"]} if changed.get("name") else {}
        return body | {_ZONE: changed["zone"] or None} if "zone" in changed else body

    def updated(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> bool:
        if "metadata" in changed:
            self._set_metadata(action, id_, known.get("metadata") or {}, changed["metadata"] or {})
        if "hosts" in changed:
            self._set_hosts(action, id_, known.get("hosts") or (), changed["hosts"] or ())
        return True

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        metadata = {key: value for key, value in (body.get("metadata") or {}).items() if key != _ZONE}
        return super().outputs(action, {**body, "metadata": metadata, "zone": body.get(_ZONE)}, known)

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: ARG002 (the base class's)
        return action.service().all("os-aggregates", "aggregates")

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        body = self.fetch(action, id_)
        if body is not None:
            self._set_hosts(action, id_, body.get("hosts") or (), ())
            super().delete(action, id_, known)

    def _set_metadata(self, action: Action, id_: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        wanted = {**dict.fromkeys(old), **new}
        if wanted:
            self._act(action, id_, {"set_metadata": {"metadata": wanted}})

    def _set_hosts(self, action: Action, id_: str, old: Iterable[str], new: Iterable[str]) -> None:
        for host in sorted(set(old) - set(new)):
            self._act(action, id_, {"remove_host": {"host": host}}, fine=HTTPStatus.NOT_FOUND)
        for host in sorted(set(new) - set(old)):
            self._act(action, id_, {"add_host": {"host": host}})

    def _act(self, action: Action, id_: str, body: dict[str, Any], fine: int = 0) -> None:
        try:
            action.service().post(f"{self.place(action, id_)}/action", body)
        except ServiceFault as fault:
            if fault.status != fine:
                raise
