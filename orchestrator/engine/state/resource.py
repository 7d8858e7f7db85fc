"""One recorded resource, and its JSON form in Pulumi's checkpoint (version 3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from orchestrator.engine.provider import Unknown
from orchestrator.engine.state.values import (
    SECRET,
    SIGNATURE,
    STACK_REFERENCE,
    UNKNOWN_MARK,
    PropertyMap,
    Secret,
    without_secrets,
)

Seal = Callable[[str, Any], dict[str, Any]]  # (place in the state, value) -> the JSON object that hides it
Unseal = Callable[[str, Mapping[str, Any]], Any]  # the other way round

_TEXTS: Final = {"id": "id", "parent": "parent", "provider": "provider"}
_LATE_TEXTS: Final = {
    "deletedWith": "deleted_with",
    "importID": "import_id",
    "created": "created",
    "modified": "modified",
}
_FLAGS: Final = {
    "delete": "delete",
    "protect": "protect",
    "external": "external",
    "retainOnDelete": "retain_on_delete",
    "pendingReplacement": "pending_replacement",
}
_LISTS: Final = {
    "dependencies": "dependencies",
    "initErrors": "init_errors",
    "additionalSecretOutputs": "additional_secret_outputs",
    "ignoreChanges": "ignore_changes",
    "replaceOnChanges": "replace_on_changes",
    "hideDiff": "hide_diff",
    "replaceWith": "replace_with",
}
_TRIGGER: Final = "replacementTrigger"
_OWN: Final = {
    "urn", "type", "custom", "inputs", "outputs", "propertyDependencies", "customTimeouts", _TRIGGER,
    *_TEXTS, *_LATE_TEXTS, *_FLAGS, *_LISTS,
}  # fmt: skip
_FORGOTTEN: Final = {"aliases", "sourcePosition", "stackTrace"}  # never kept: traces are half of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What is recorded of a resource. `others`: fields of newer Pulumi versions, carried along untouched."""

    urn: str
    type: str
    custom: bool
    id: str = ""
    inputs: PropertyMap = field(default_factory=dict)
    outputs: PropertyMap = field(default_factory=dict)
    parent: str = ""
    provider: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    protect: bool = False
    retain_on_delete: bool = False
    external: bool = False
    pending_replacement: bool = False
    delete: bool = False
    deleted_with: str = ""
    import_id: str = ""
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    hide_diff: tuple[str, ...] = ()
    replace_with: tuple[str, ...] = ()
    replacement_trigger: Any = None
    additional_secret_outputs: tuple[str, ...] = ()
    init_errors: tuple[str, ...] = ()
    custom_timeouts: Mapping[str, float] = field(default_factory=dict)
    created: str = ""
    modified: str = ""
    others: Mapping[str, Any] = field(default_factory=dict)

    def leans_on(self) -> tuple[str, ...]:
        """URNs that must exist before this resource and go after it."""
        provider = self.provider.rsplit("::", 1)[0] if self.provider else ""
        named = (self.parent, provider, self.deleted_with, *self.replace_with, *self.dependencies)
        by_property = (urn for urns in self.property_dependencies.values() for urn in urns)
        return tuple(dict.fromkeys(urn for urn in (*named, *by_property) if urn and urn != self.urn))


def encode(resource: Resource, seal: Seal) -> dict[str, Any]:
    """The resource as an object of the checkpoint's `resources`."""
    found: dict[str, Any] = {"urn": resource.urn, "custom": resource.custom}
    found |= {key: value for key, name in _TEXTS.items() if (value := getattr(resource, name))}
    found["type"] = resource.type
    for section in ("inputs", "outputs"):
        values: PropertyMap = getattr(resource, section)
        if values:
            found[section] = encode_properties(values, f"{resource.urn} {section}", seal)
    found |= {key: True for key, name in _FLAGS.items() if getattr(resource, name)}
    found |= {key: list(value) for key, name in _LISTS.items() if (value := getattr(resource, name))}
    if resource.property_dependencies:
        found["propertyDependencies"] = {k: list(v) for k, v in resource.property_dependencies.items()}
    if resource.custom_timeouts:
        found["customTimeouts"] = dict(resource.custom_timeouts)
    if resource.replacement_trigger is not None:
        found[_TRIGGER] = _encoded(resource.replacement_trigger, f"{resource.urn} {_TRIGGER}", seal)
    found |= {key: value for key, name in _LATE_TEXTS.items() if (value := getattr(resource, name))}
    return found | dict(resource.others)


def encode_properties(values: Mapping[str, Any], place: str, seal: Seal) -> dict[str, Any]:
    """Properties as JSON; nulls count as absent."""
    return {name: _encoded(value, f"{place} {name}", seal) for name, value in values.items() if value is not None}


def _encoded(value: Any, place: str, seal: Seal) -> Any:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Secret):
        return seal(place, _encoded(value.value, place, seal))
    if isinstance(value, Unknown):
        return UNKNOWN_MARK
    if isinstance(value, Mapping):
        return {name: _encoded(part, f"{place}.{name}", seal) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_encoded(part, f"{place}[{index}]", seal) for index, part in enumerate(value)]
    return value


def decode(found: Mapping[str, Any], unseal: Unseal) -> Resource:
    """The resource from an object of the checkpoint's `resources`."""
    urn = found["urn"]
    fields: dict[str, Any] = {name: found.get(key, "") for key, name in {**_TEXTS, **_LATE_TEXTS}.items()}
    fields |= {name: bool(found.get(key)) for key, name in _FLAGS.items()}
    fields |= {name: tuple(found.get(key) or ()) for key, name in _LISTS.items()}
    in_place = not found.get("custom") or found["type"] == STACK_REFERENCE
    fields |= {
        section: decode_properties(found.get(section) or {}, f"{urn} {section}", unseal, in_place=in_place)
        for section in ("inputs", "outputs")
    }
    by_property = found.get("propertyDependencies") or {}
    return Resource(
        urn=urn,
        type=found["type"],
        custom=bool(found.get("custom")),
        property_dependencies={name: tuple(urns or ()) for name, urns in by_property.items()},
        custom_timeouts=found.get("customTimeouts") or {},
        replacement_trigger=_in_place(found.get(_TRIGGER), f"{urn} {_TRIGGER}", unseal),
        others={key: value for key, value in found.items() if key not in _OWN and key not in _FORGOTTEN},
        **fields,
    )


def decode_properties(values: Mapping[str, Any], place: str, unseal: Unseal, *, in_place: bool = False) -> PropertyMap:
    """Properties from JSON; secrets at the top of their property, or `in_place`."""
    read = _in_place if in_place else _lifted
    return {name: read(value, f"{place} {name}", unseal) for name, value in values.items() if value is not None}


def _lifted(value: Any, place: str, unseal: Unseal) -> Any:
    return Secret(without_secrets(_in_place(value, place, unseal))) if _holds_secret(value) else value


def _holds_secret(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get(SIGNATURE) == SECRET or any(_holds_secret(part) for part in value.values())
    return isinstance(value, list) and any(_holds_secret(part) for part in value)


def _in_place(value: Any, place: str, unseal: Unseal) -> Any:
    if isinstance(value, dict):
        if value.get(SIGNATURE) == SECRET:
            return Secret(unseal(place, value))
        return {name: _in_place(part, f"{place}.{name}", unseal) for name, part in value.items()}
    if isinstance(value, list):
        return [_in_place(part, f"{place}[{index}]", unseal) for index, part in enumerate(value)]
    return value
