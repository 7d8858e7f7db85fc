"""Property values on the wire: protobuf Structs with Pulumi's signatures, to and from plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.struct_pb2 import NULL_VALUE, Struct, Value

from orchestrator.engine.deploy.deployment import ProgramError
from orchestrator.engine.provider import UNKNOWN, Unknown
from orchestrator.engine.state.values import (
    OUTPUT,
    REFERENCE,
    SECRET,
    SIGNATURE,
    UNKNOWN_MARK,
    PropertyMap,
    Secret,
)

_KINDS: Final = {"c44067f5952c0a294b673a41bacd8c17": "assets", "0def7320c3a5731c473e5ecbe6d01bc7": "archives"}


def from_struct(struct: Struct, *, in_place: bool = False) -> PropertyMap:
    """A property map: nulls left out, whole numbers as int.

    Secrets are lifted to the top of their property, as a provider sees them; `in_place`: they stay where they stand,
    as in the outputs of stacks and components, which no provider sees.
    """
    found: PropertyMap = {}
    for name, wire in struct.fields.items():
        decoding = _Decoding(in_place=in_place)
        value = decoding.take(wire)
        if value is not None:
            found[name] = Secret(value) if decoding.secret else value
    return found


def from_value(wire: Value) -> Any:
    """One value, with secrets where they stand; None for null."""
    return _Decoding(in_place=True).take(wire)


class _Decoding:
    """One top-level property being read; remembers whether something in it was secret."""

    def __init__(self, *, in_place: bool) -> None:
        self.secret = False
        self._in_place = in_place

    def take(self, wire: Value) -> Any:
        kind = wire.WhichOneof("kind")
        if kind == "string_value":
            return UNKNOWN if wire.string_value == UNKNOWN_MARK else wire.string_value
        if kind == "number_value":
            number = wire.number_value
            return int(number) if number.is_integer() else number
        if kind == "bool_value":
            return wire.bool_value
        if kind == "list_value":
            return [self.take(part) for part in wire.list_value.values]
        if kind == "struct_value":
            return self._object(wire.struct_value)
        return None

    def _object(self, struct: Struct) -> Any:
        fields = struct.fields
        signature = fields[SIGNATURE].string_value if SIGNATURE in fields else ""
        if signature == SECRET:
            return self._hidden(fields["value"])
        if signature == OUTPUT:
            value = fields["value"] if "value" in fields else Value(string_value=UNKNOWN_MARK)
            return self._hidden(value) if "secret" in fields and fields["secret"].bool_value else self.take(value)
        if signature and signature != REFERENCE:
            what = _KINDS.get(signature, f"values of signature {signature}")
            raise ProgramError(f"{what} are not carried out by the embedded engine")
        parts = ((name, self.take(part)) for name, part in fields.items())
        return {name: part for name, part in parts if part is not None}

    def _hidden(self, wire: Value) -> Any:
        if not self._in_place:
            self.secret = True
            return self.take(wire)
        return Secret(_Decoding(in_place=False).take(wire))


def to_struct(properties: Mapping[str, Any]) -> Struct:
    """The same on the wire."""
    struct = Struct()
    for name, value in properties.items():
        if value is not None:
            _fill(struct.fields[name], value)
    return struct


def _fill(wire: Value, value: Any) -> None:
    if isinstance(value, str):
        wire.string_value = value
    elif isinstance(value, bool):
        wire.bool_value = value
    elif isinstance(value, int | float):
        wire.number_value = value
    elif value is None:
        wire.null_value = NULL_VALUE
    elif isinstance(value, Unknown):
        wire.string_value = UNKNOWN_MARK
    else:
        _fill_composite(wire, value)


def _fill_composite(wire: Value, value: Any) -> None:
    if isinstance(value, Secret):
        fields = wire.struct_value.fields
        fields[SIGNATURE].string_value = SECRET
        _fill(fields["value"], value.value)
    elif isinstance(value, Mapping):
        target = wire.struct_value
        target.SetInParent()
        for name, part in value.items():
            if part is not None:
                _fill(target.fields[name], part)
    elif isinstance(value, list | tuple):
        wire.list_value.SetInParent()
        for part in value:
            _fill(wire.list_value.values.add(), part)
    else:
        raise TypeError(f"a {type(value).__name__} cannot be a property value")
