"""A QoS specification of volumes. Its specs stand among the other keys when written, apart when read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_DEFAULT_CONSUMER = "back-end"


class VolumeQos(Collection):
    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        return _merged(self.encoded(action, inputs))

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        body = _merged(self.encoded(action, changed))
        if "consumer" in changed and not changed["consumer"]:
            body["consumer"] = _DEFAULT_CONSUMER
        return body

    def put(self, action: Action, id_: str, body: dict[str, Any]) -> dict[str, Any]:
        """Cinder answers with the specs alone, without id: empty, so that the object is read again."""
        super().put(action, id_, body)
        return {}

    def updated(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> bool:
        gone = set(known.get("specs") or {}) - set(changed.get("specs") or {}) if "specs" in changed else set()
        if gone:
            action.service().put(f"{self.place(action, id_)}/delete_keys", {"keys": sorted(gone)})
        return True

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        outputs = super().outputs(action, body, known)
        if not known.get("consumer") and outputs.get("consumer") == _DEFAULT_CONSUMER:
            del outputs["consumer"]  # not asked for: recorded, it would differ for ever
        return outputs

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: ARG002 (the base class's)
        """Cinder cannot look for a name here."""
        return action.service().all("qos-specs", "qos_specs")

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        if self.fetch(action, id_) is not None:
            action.service().call("GET", f"{self.place(action, id_)}/disassociate_all")
            super().delete(action, id_, known)


def _merged(body: dict[str, Any]) -> dict[str, Any]:
    return {**body.pop("specs", {}), **body}
