"""A volume: made, grown, moved to another type, in that order of waiting; its faults stand in Cinder's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.faults import ServiceFault
from orchestrator.engine.cloud.waits import until
from orchestrator.engine.provider import Condition, ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_HINTS: Final = "OS-SCH-HNT:scheduler_hints"
_PLAIN: Final = frozenset({"name", "description", "metadata"})
_ONLINE: Final = "3.42"  # extend a volume that is in use
_FROM_BACKUP: Final = "3.47"
_MESSAGES: Final = "3.5"
_COMING: Final = frozenset({"creating", "downloading", "restoring-backup", "uploading"})
_GOING: Final = frozenset({"deleting", "available", "error_deleting"})


class Volume(Collection):
    marks = ("description", "metadata")

    def post(self, action: Action, body: dict[str, Any]) -> dict[str, Any]:
        hints = body.pop(_HINTS, None)
        version = _FROM_BACKUP if body.get("backup_id") else ""
        envelope = {"volume": body} | ({_HINTS: hints} if hints else {})
        return dict(action.service().post("volumes", envelope, version=version)["volume"])

    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        left_out = {"enableOnlineResize", "volumeRetypePolicy", "schedulerHints"}
        body = super().creation(action, {name: value for name, value in inputs.items() if name not in left_out})
        hints = next(iter(inputs.get("schedulerHints") or ()), None)
        return body | {_HINTS: _scheduler_hints(action, hints)} if hints else body

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        policy = known.get("volumeRetypePolicy")
        outputs = super().outputs(action, body, known)
        return outputs | ({"volumeRetypePolicy": policy} if policy else {})

    def changes(self, action: Action, changed: Mapping[str, Any]) -> dict[str, Any]:
        return super().changes(action, {name: value for name, value in changed.items() if name in _PLAIN})

    def told_condition(self, action: Action, body: dict[str, Any], inputs: Properties) -> Condition:  # noqa: ARG002 (the base class's)
        """Only `error` says that it was never made, and only while it is on no server; the rest is an update's."""
        if body["status"] == "error" and not body.get("attachments"):
            return Condition.BROKEN
        return Condition.BUILDING if body["status"] in _COMING else Condition.UP

    def updated(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> bool:
        if {"size", "volumeType"} & set(changed):
            body = self.settled(action, id_, {})  # an earlier run may have been broken off in such a change
            changed = {name: value for name, value in changed.items() if not _is_so(name, value, body)}
        if "size" in changed:
            self._extend(action, id_, changed["size"], online=bool(known.get("enableOnlineResize")))
        if changed.get("volumeType"):
            policy = known.get("volumeRetypePolicy") or "never"
            self._act(action, id_, {"os-retype": {"new_type": changed["volumeType"], "migration_policy": policy}})
            self._wait_for_type(action, id_, changed["volumeType"])
        return True

    def listed(self, action: Action, known: Mapping[str, Any]) -> list[dict[str, Any]]:
        return action.service().all("volumes/detail", "volumes", **known)

    def delete(self, action: Action, id_: str, known: Properties) -> None:
        body = self.fetch(action, id_)
        name = self.called(action, id_, body or known)
        for attachment in (body or {}).get("attachments", ()):
            action.service("compute").delete(f"servers/{attachment['server_id']}/os-volume_attachments/{id_}")
        if (body or {}).get("attachments"):
            until(lambda: self._free(action, id_), action.deadline, f"{name} to be detached")
        if (body or {}).get("status") != "deleting":
            super().delete(action, id_, known)
        until(lambda: self._gone(action, id_), action.deadline, f"the end of {name}")

    def fault(self, action: Action, body: dict[str, Any]) -> str:
        """Cinder's user messages on the volume."""
        try:
            found = action.service().get("messages", version=_MESSAGES, resource_uuid=body["id"])
        except ServiceFault:  # older services have none; the status then has to do
            found = {"messages": ()}
        texts = [message["user_message"] for message in found["messages"]]
        return f": {'; '.join(texts) or 'Cinder gives no reason'}"

    def _extend(self, action: Action, id_: str, size: Any, *, online: bool) -> None:
        body = {"os-extend": {"new_size": values.scalar("int", size)}}
        action.service().post(f"volumes/{id_}/action", body, version=_ONLINE if online else "")
        self.settled(action, id_, {})

    def _wait_for_type(self, action: Action, id_: str, wanted: str) -> None:
        """A retype that a back end refuses leaves the old type behind, and says nothing."""
        body = self.settled(action, id_, {})
        if body.get("volume_type") != wanted:
            name, kept = self.called(action, id_, body), body.get("volume_type")
            raise ProviderError(
                f"{name} stayed of type {kept}: the back end refused {wanted}"
                f" (volumeRetypePolicy on-demand lets Cinder move the data){self.fault(action, body)}"
            )

    def _act(self, action: Action, id_: str, body: dict[str, Any]) -> None:
        action.service().post(f"volumes/{id_}/action", body)

    def _free(self, action: Action, id_: str) -> bool | None:
        body = self.fetch(action, id_)
        return True if body is None or not body.get("attachments") else None

    def _gone(self, action: Action, id_: str) -> bool | None:
        body = self.fetch(action, id_)
        if body is None:
            return True
        if body["status"] == "error_deleting" or body["status"] not in _GOING:
            name, status = self.called(action, id_, body), body["status"]
            raise ProviderError(f"{name} could not be deleted: it is {status}{self.fault(action, body)}")
        return None


def _is_so(name: str, wanted: Any, body: Mapping[str, Any]) -> bool:
    if name == "size":
        return bool(values.scalar("int", wanted) == body.get("size"))
    return bool(name == "volumeType" and wanted == body.get("volume_type"))


def _scheduler_hints(action: Action, hints: Mapping[str, Any]) -> dict[str, Any]:
    given = values.encode_fields(action.type.inputs["schedulerHints"], hints)
    return {**given, **given.pop("additional_properties", {})}
