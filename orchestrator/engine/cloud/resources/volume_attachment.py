"""A volume on a server. Nova answers at once; the volume's own state says when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.busy import when_idle
from orchestrator.engine.cloud.waits import until
from orchestrator.engine.provider import Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_MULTIATTACH: Final = "2.60"
_TAG: Final = "2.49"
_FAILED: Final = frozenset({"error", "error_attaching", "error_deleting", "error_detaching"})


class VolumeAttachment:
    """Its id: `INSTANCE/VOLUME`."""

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        server, volume = inputs["instanceId"], inputs["volumeId"]
        wanted = {"volumeId": volume} | {name: inputs[name] for name in ("device", "tag") if inputs.get(name)}
        version = _MULTIATTACH if inputs.get("multiattach") else _TAG if inputs.get("tag") else ""
        path = f"servers/{server}/os-volume_attachments"
        when_idle(action, lambda: action.service().post(path, {"volumeAttachment": wanted}, version=version))
        id_ = f"{server}/{volume}"
        created(id_)
        if not (inputs.get("vendorOptions") or {}).get("ignoreVolumeConfirmation"):
            until(lambda: _attached(action, server, volume), action.deadline, f"volume {volume} to be attached")
        return Created(id=id_, outputs=self.read(action, id_, inputs) or {})

    def find(self, action: Action, inputs: Properties) -> tuple[str, ...]:
        id_ = f"{inputs['instanceId']}/{inputs['volumeId']}"
        return (id_,) if self.read(action, id_, inputs) else ()

    def read(self, action: Action, id_: str, known: Properties) -> Properties | None:  # noqa: ARG002 (the protocol's)
        server, volume = _split(id_)
        found = action.service().find(f"servers/{server}/os-volume_attachments/{volume}")
        if found is None:
            return None
        return {"instanceId": server, "volumeId": volume, "device": found["volumeAttachment"].get("device") or ""}

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:  # noqa: ARG002 (the base class's)
        """`device` is a wish of the creation; nothing else changes in place."""
        return self.read(action, id_, known) or {}

    def delete(self, action: Action, id_: str, known: Properties) -> None:  # noqa: ARG002 (the base class's)
        server, volume = _split(id_)
        when_idle(action, lambda: action.service().delete(f"servers/{server}/os-volume_attachments/{volume}"))
        until(lambda: _detached(action, server, volume), action.deadline, f"volume {volume} to be detached")


def _on(action: Action, server: str, volume: str) -> tuple[str, bool] | None:
    """Status of the volume and whether it is on the server; None when there is no such volume."""
    found = action.service("block-storage").find(f"volumes/{volume}")
    if found is None:
        return None
    body = found["volume"]
    return body["status"], any(entry["server_id"] == server for entry in body["attachments"])


def _attached(action: Action, server: str, volume: str) -> bool | None:
    state = _on(action, server, volume)
    if state is None or state[0] in _FAILED:
        raise ProviderError(f"volume {volume} was not attached: it is {state[0] if state else 'gone'}")
    return True if state == ("in-use", True) else None


def _detached(action: Action, server: str, volume: str) -> bool | None:
    state = _on(action, server, volume)
    if state is not None and state[0] in _FAILED:
        raise ProviderError(f"volume {volume} was not detached: it is {state[0]}")
    return True if state is None or not state[1] else None


def _split(id_: str) -> tuple[str, str]:
    server, separator, volume = id_.partition("/")
    if not separator:
        raise ProviderError(f"the id {id_!r} must be INSTANCE/VOLUME")
    return server, volume
