"""The engine's events as resource changes for people: which resource, what happens to it, which property and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi.automation import EngineEvent, OpType
from pulumi.automation.events import StepEventMetadata

from orchestrator.model.plan import Operation, PropertyChange, ResourceChange

UNKNOWN_TEXT: Final = "(known after apply)"
MASKED: Final = "[secret]"
_UNKNOWN_MARK: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_OPERATIONS: Final = {
    OpType.CREATE: Operation.CREATE,
    OpType.IMPORT: Operation.CREATE,
    OpType.UPDATE: Operation.UPDATE,
    OpType.REPLACE: Operation.REPLACE,
    OpType.DELETE: Operation.DELETE,
}
_INTERNAL: Final = ("pulumi:pulumi:", "pulumi:providers:")
_LONGEST: Final = 120
_PLACES: Final = frozenset({"localFilePath", "imageCachePath"})
"""Where a checkout lies is nothing that is done: plan and apply may run in two of them. An image is its checksum."""


def change_of(event: EngineEvent) -> ResourceChange | None:
    """The change that an event announces; None for what is no change of a cloud object."""
    if event.resource_pre_event is None:
        return None
    step = event.resource_pre_event.metadata
    operation = _OPERATIONS.get(step.op)
    if operation is None or not is_cloud_object(step):
        return None
    return ResourceChange(
        operation=operation,
        kind=step.type,
        name=logical_name(step.urn),
        urn=step.urn,
        properties=tuple(_properties(operation, step)),
    )


def operation_of(op: OpType) -> str | None:
    """Our word for what a finished event did, None for what is no change."""
    operation = _OPERATIONS.get(op)
    return operation.value if operation else None


def is_cloud_object(step: StepEventMetadata) -> bool:
    """Components, stacks and providers are bookkeeping, not objects of the cloud."""
    state = step.new or step.old
    return not step.type.startswith(_INTERNAL) and bool(state and state.custom)


def logical_name(urn: str) -> str:
    return urn.rsplit("::", 1)[-1]


def _properties(operation: Operation, step: StepEventMetadata) -> Iterator[PropertyChange]:
    old = (step.old.inputs if step.old else None) or {}
    new = (step.new.inputs if step.new else None) or {}
    if operation is Operation.CREATE:
        for path in sorted(key for key in new if not key.startswith("__") and key not in _PLACES):
            yield PropertyChange(path=path, old="", new=_text(new[path]))
    elif operation is not Operation.DELETE:
        yield from _differences(step, old, new)


def _differences(step: StepEventMetadata, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[PropertyChange]:
    details = step.detailed_diff or {}
    for path in sorted(details or step.diffs or ()):
        top = path.split(".", 1)[0].split("[", 1)[0]
        kind = details[path].diff_kind.value if path in details else ""
        replaces = kind.endswith("-replace") or top in (step.keys or ())
        yield PropertyChange(path=path, old=_text(_at(old, top)), new=_text(_at(new, top)), replaces=replaces)


def _at(values: Mapping[str, Any], key: str) -> Any:
    return values.get(key, "")


def _text(value: Any) -> str:
    plain = _plain(value)
    text = plain if isinstance(plain, str) else json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(value: Any) -> Any:
    if value == _UNKNOWN_MARK:
        return UNKNOWN_TEXT
    if isinstance(value, dict):
        plain = {key: _plain(item) for key, item in value.items() if not key.startswith("__")}
        return MASKED if _SIGNATURE in value else plain
    return [_plain(item) for item in value] if isinstance(value, list) else value
