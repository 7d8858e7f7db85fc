"""An image: its record, its data, and changes as JSON patches. Its properties stand among its own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud import values
from orchestrator.engine.cloud.collection import Collection
from orchestrator.engine.cloud.resources.image_data import put_data
from orchestrator.engine.cloud.waits import until
from orchestrator.engine.provider import Condition, Created, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_PATCH: Final = {"Content-Type": "application/openstack-images-v2.1-json-patch"}
_RECORD: Final = frozenset(
    {
        "containerFormat",
        "diskFormat",
        "name",
        "protected",
        "visibility",
        "tags",
        "minDiskGb",
        "minRamMb",
        "hidden",
        "imageId",
    }
)
# keys of an image that are no properties of it
_KEYS: Final = frozenset({
    "id", "name", "status", "visibility", "protected", "checksum", "owner", "size", "virtual_size", "container_format",
    "disk_format", "min_disk", "min_ram", "tags", "created_at", "updated_at", "self", "file", "schema", "locations",
    "os_hidden", "direct_url", "stores",
})  # fmt: skip
_FAILED: Final = frozenset({"killed", "deleted", "pending_delete", "deactivated"})


class Image(Collection):
    marks = ("properties",)  # two contents share a name while one takes the other's place

    def create(self, action: Action, inputs: Properties, created: Callable[[str], None]) -> Created:
        body = dict(action.service().post("images", self.creation(action, inputs)))
        created(body["id"])
        return self.finish(action, body["id"], inputs, body)

    def finish(self, action: Action, identifier: str, inputs: Properties, body: dict[str, Any]) -> Created:
        """The image gets its data, unless they are there already."""
        problems: tuple[str, ...] = ()
        try:
            if body["status"] == "queued":
                put_data(action, identifier, inputs)
            body = self._active(action, identifier, inputs)
        except ProviderError as error:
            problems = (str(error),)
        return Created(id=identifier, outputs=self.outputs(action, body, inputs), problems=problems)

    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        record = {name: value for name, value in inputs.items() if name in _RECORD}
        properties = values.encode(action.type.inputs["properties"], inputs.get("properties") or {})
        return {**properties, **self.encoded(action, record)}

    def update(self, action: Action, id_: str, changed: Mapping[str, Any], known: Properties) -> Properties:
        patch = self._patch(action, changed, known)
        if patch:
            action.service().call("PATCH", self.place(action, id_), json=patch, headers=_PATCH)
        body = self._active(action, id_, known)
        return self.outputs(action, body, known)

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        told = {**body, "properties": properties_of(body), "metadata": {}}
        return super().outputs(action, {key: value for key, value in told.items() if key != "image_id"}, known)

    def fetch(self, action: Action, id_: str) -> dict[str, Any] | None:
        found = action.service().find(self.place(action, id_))
        return None if found is None else dict(found)

    def told_condition(self, action: Action, body: dict[str, Any], inputs: Properties) -> Condition:  # noqa: ARG002 (the base class's)
        """One whose data were cut off waits for ever: nobody but its creator sends them."""
        status = body["status"]
        if status in _FAILED - {"deactivated"} or (_has_data(inputs) and status in {"queued", "saving"}):
            return Condition.BROKEN
        return Condition.BUILDING if status in {"importing", "uploading"} else Condition.UP

    def matches(self, action: Action, body: dict[str, Any], wanted: Mapping[str, Any]) -> bool:
        own = body.get("owner") in {None, action.connection.project_id}
        return own and body["status"] not in _FAILED and super().matches(action, body, wanted)

    def _active(self, action: Action, id_: str, inputs: Properties) -> dict[str, Any]:
        """Once its data are there. An image without data stays queued: that is all it was asked to be."""
        has_data = _has_data(inputs)

        def poll() -> dict[str, Any] | None:
            body = self.fetch(action, id_)
            if body is None or body["status"] in _FAILED:
                name = self.called(action, id_, body or inputs)
                raise ProviderError(f"{name} is {body['status'] if body else 'gone'}")
            return body if body["status"] == "active" or not has_data else None

        return until(poll, action.deadline, f"{self.called(action, id_, inputs)} to become active")

    def _patch(self, action: Action, changed: Mapping[str, Any], known: Properties) -> list[dict[str, Any]]:
        record = {name: value for name, value in changed.items() if name in _RECORD}
        steps = [
            {"op": "replace", "path": f"/{key}", "value": value} for key, value in self.changes(action, record).items()
        ]
        if "properties" not in changed:
            return steps
        old, new = dict(known.get("properties") or {}), dict(changed["properties"] or {})
        steps += [
            {"op": "replace" if key in old else "add", "path": f"/{_pointer(key)}", "value": _text(value)}
            for key, value in new.items()
            if old.get(key) != _text(value)
        ]
        gone = [key for key in old if key not in new and not key.startswith("os_") and key not in _KEYS]
        return steps + [{"op": "remove", "path": f"/{_pointer(key)}"} for key in gone]


def properties_of(body: Mapping[str, Any]) -> dict[str, str]:
    """What an image says beside its own record."""
    return {key: _text(value) for key, value in body.items() if key not in _KEYS and value is not None}


def _has_data(inputs: Properties) -> bool:
    return any(inputs.get(name) for name in ("localFilePath", "imageSourceUrl"))


def _pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(values.scalar("str", value))
