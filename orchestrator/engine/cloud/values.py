"""Values of properties: conversions between what programs write, what is recorded and what the API says.

Programs may write `"22"` for 22 and `"true"` for true: the official provider converts, so do we, in one place.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.schema import Property

_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def scalar(kind: str, value: Any) -> Any:
    """The value as `kind` (str, bool, int, float); ValueError when it cannot be one."""
    if kind == "bool":
        return _boolean(value)
    if kind in {"int", "float"}:
        return _number(kind, value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    raise ValueError("must be a text")


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _TRUTH:
        return _TRUTH[value.lower()]
    raise ValueError("must be true or false")


def _number(kind: str, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("must be a number")  # noqa: TRY004 (one error for every value that does not fit)
    try:
        number = float(value)
    except ValueError:
        raise ValueError("must be a number") from None
    if kind == "float":
        return number
    if not number.is_integer():
        raise ValueError("must be a whole number")
    return int(number)


def empty(value: Any) -> bool:
    """Whether a value says no more than its absence: nothing, "", false, 0, [] or {}."""
    return value is None or value == "" or value is False or value == 0 or value in ([], {})


def zero(prop: Property) -> Any:
    """What the API is told when an input was taken away."""
    kind = prop.shape.kind
    empties: Mapping[str, Any] = {"str": "", "bool": False, "int": 0, "float": 0, "list": [], "set": [], "map": {}}
    return empties.get(kind)


def encode(prop: Property, value: Any) -> Any:
    """A property's value as the API takes it."""
    kind = prop.shape.kind
    if value is None:
        return None
    if kind in {"list", "set"}:
        return [_element(prop, item) for item in value]
    if kind == "map":
        return {key: scalar(prop.shape.element, item) for key, item in value.items()}
    if kind == "obj":
        return encode_fields(prop, value)
    return scalar(kind, value)


def encode_fields(prop: Property, value: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: item for name, item in value.items() if name in prop.fields and item is not None}
    return {prop.fields[name].key: encode(prop.fields[name], item) for name, item in known.items()}


def _element(prop: Property, value: Any) -> Any:
    return encode_fields(prop, value) if prop.fields else scalar(prop.shape.element, value)


def decode(prop: Property, value: Any) -> Any:
    """What the API says, as it is recorded; None when it says nothing."""
    kind = prop.shape.kind
    if value is None:
        return None
    if kind in {"list", "set"}:
        items = [decode_fields(prop, item) if prop.fields else item for item in value]
        return sorted(items) if kind == "set" and prop.shape.element == "str" else items
    if kind == "obj":
        return decode_fields(prop, value)
    if kind == "map":
        return {
            key: _text(item) if prop.shape.element == "str" and item is not None else item
            for key, item in value.items()
        }
    return zero(prop) if value == "" else scalar(kind, value)  # Nova says "" for a flavor without swap


def _text(value: Any) -> str:
    """A value of a map of texts; what is a structure to the API (`bound_drivers` of a port's binding) as JSON."""
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else str(scalar("str", value))


def decode_fields(prop: Property, value: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: decode(field, value.get(field.key)) for name, field in prop.fields.items()}
    return {name: item for name, item in found.items() if item is not None}
