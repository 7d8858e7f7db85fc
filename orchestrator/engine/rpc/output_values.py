"""Output values on the wire: what a transform sees where a value is secret, not known yet, or comes from a resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct, Value

from orchestrator.engine.state.values import OUTPUT, REFERENCE, SECRET, SIGNATURE, UNKNOWN_MARK


def upgraded(properties: Struct, dependencies: Mapping[str, Any]) -> Struct:
    """The properties with secrets and unknowns as output values, and all that have `dependencies` (name -> urns)."""
    found = Struct()
    for name, value in properties.fields.items():
        urns = list(dependencies[name].urns) if name in dependencies else []
        now = _upgrade(value)
        if urns:
            now = _depending(now, urns)
        found.fields[name].CopyFrom(now)
    return found


def dependencies_in(value: Value) -> tuple[str, ...]:
    """The URNs that output values in this value name, each once."""
    return tuple(dict.fromkeys(_dependencies(value)))


def _upgrade(value: Value) -> Value:
    kind = value.WhichOneof("kind")
    if kind == "string_value" and value.string_value == UNKNOWN_MARK:
        return _output(None, secret=False)
    if kind == "list_value":
        found = Value()
        found.list_value.values.extend(_upgrade(part) for part in value.list_value.values)
        found.list_value.SetInParent()
        return found
    return _upgrade_object(value) if kind == "struct_value" else value


def _upgrade_object(value: Value) -> Value:
    fields = value.struct_value.fields
    signature = fields[SIGNATURE].string_value if SIGNATURE in fields else ""
    if signature == SECRET:
        inner = _upgrade(fields["value"])
        known = not _is_output(inner) or "value" in inner.struct_value.fields
        return _output(inner if known else None, secret=True)
    if signature in {OUTPUT, REFERENCE}:
        return value
    found = Value()
    found.struct_value.SetInParent()
    for name, part in fields.items():
        found.struct_value.fields[name].CopyFrom(_upgrade(part))
    return found


def _depending(value: Value, urns: list[str]) -> Value:
    found = value if _is_output(value) else _output(value, secret=False)
    known = dependencies_in(found)
    named = found.struct_value.fields["dependencies"].list_value.values
    for urn in urns:
        if urn not in known:
            named.add().string_value = urn
    return found


def _output(value: Value | None, *, secret: bool) -> Value:
    found = Value()
    fields = found.struct_value.fields
    fields[SIGNATURE].string_value = OUTPUT
    if value is not None:
        fields["value"].CopyFrom(value)
    if secret:
        fields["secret"].bool_value = True
    return found


def _is_output(value: Value) -> bool:
    if value.WhichOneof("kind") != "struct_value":
        return False
    fields = value.struct_value.fields
    return SIGNATURE in fields and fields[SIGNATURE].string_value == OUTPUT


def _dependencies(value: Value) -> Iterator[str]:
    kind = value.WhichOneof("kind")
    if kind == "list_value":
        for part in value.list_value.values:
            yield from _dependencies(part)
    elif kind == "struct_value":
        fields = value.struct_value.fields
        if _is_output(value) and "dependencies" in fields:
            yield from (one.string_value for one in fields["dependencies"].list_value.values)
        for part in fields.values():
            yield from _dependencies(part)
