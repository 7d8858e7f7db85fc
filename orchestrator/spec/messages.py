"""A schema's complaint in plain words: what is wrong, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

_LONGEST_GUESS: Final = 60
_SHOWN: Final = 60
_LISTED: Final = 12


class Complaint(NamedTuple):
    """`name`: in the table of codes; `part`: a field below the complained-about value, which the path shall name."""

    name: str
    message: str
    hint: str
    part: str = ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'small'?`, else the known words, else nothing."""
    words = sorted(known)
    if isinstance(word, str) and len(word) <= _LONGEST_GUESS:
        near = difflib.get_close_matches(word.lower(), {w.lower() for w in words}, n=1, cutoff=0.6)
        if near:
            return f"did you mean '{next(w for w in words if w.lower() == near[0])}'?"
    if not words:
        return "there is none"
    listed = ", ".join(words[:_LISTED]) + (", ..." if len(words) > _LISTED else "")
    return f"known: {listed}"


def show(value: Any) -> str:
    """A value as it may stand in a message."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    words = {None: "nothing", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return words[value]
    text = f"'{value}'" if isinstance(value, str) else f"{value}"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...'"


def complaints(keyword: str, details: Mapping[str, Any], value: Any, schema: Mapping[str, Any]) -> Iterable[Complaint]:
    """What to say of one broken keyword. `details`: the validator's own; `schema`: what holds the keyword."""
    if keyword == "additionalProperties":
        return (_unknown(key, value, schema) for key in details["unexpected"])
    say = _SAY.get(keyword)
    if say is None:
        return [Complaint("schema", f"{show(value)} breaks the rule {keyword}", _form(schema))]
    return [say(details, value, schema)]


_TYPES: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "nothing",
}


def _unknown(key: str, value: Mapping[str, Any], schema: Mapping[str, Any]) -> Complaint:
    free = [name for name in schema.get("properties", {}) if name not in value]
    return Complaint("unknown-field", f"field '{key[:_SHOWN]}' is not known here", did_you_mean(key, free), key)


def _required(details: Mapping[str, Any], _: Any, schema: Mapping[str, Any]) -> Complaint:
    name = details["property"]
    described = schema.get("properties", {}).get(name, {}).get("description", "")
    return Complaint("missing-field", f"field '{name}' is missing", f"add it: {described}" if described else "add it")


def _type(details: Mapping[str, Any], value: Any, _: Mapping[str, Any]) -> Complaint:
    wanted = details["types"]
    hint = f"write {_TYPES[wanted[0]]}"
    if value is None:
        hint += ", or remove the field"
    elif wanted == ["string"] and not isinstance(value, dict | list):
        hint = "put it in quotes"
    elif wanted in (["integer"], ["number"]) and isinstance(value, str):
        hint += " without quotes or unit"
    return Complaint("wrong-type", f"{show(value)} is not {' or '.join(_TYPES[name] for name in wanted)}", hint)


def _enum(details: Mapping[str, Any], value: Any, _: Mapping[str, Any]) -> Complaint:
    return Complaint("value-not-allowed", f"{show(value)} is not allowed", did_you_mean(value, details["options"]))


def _const(details: Mapping[str, Any], value: Any, _: Mapping[str, Any]) -> Complaint:
    return Complaint("value-not-allowed", f"{show(value)} is not allowed", f"write {details['expected_value']}")


def _wrong_form(_: Mapping[str, Any], value: Any, schema: Mapping[str, Any]) -> Complaint:
    """Not shown where a private key could have been pasted: findings are printed and kept."""
    what = "this" if str(schema.get("format", "")).endswith("-public-key") else show(value)
    return Complaint("wrong-form", f"{what} has not the form it needs", _form(schema))


def _property_names(details: Mapping[str, Any], _: Any, schema: Mapping[str, Any]) -> Complaint:
    key = details["error"].instance
    return Complaint("wrong-form", f"key {show(key)} has not the form it needs", _form(schema), key)


def _bound(words: str, limit: str) -> Callable[[Mapping[str, Any], Any, Mapping[str, Any]], Complaint]:
    def say(details: Mapping[str, Any], value: Any, schema: Mapping[str, Any]) -> Complaint:
        return Complaint("out-of-bounds", f"{show(value)} {words.format(details.get(limit))}", _form(schema))

    return say


def _form(schema: Mapping[str, Any]) -> str:
    examples = schema.get("examples", [])
    example = f" Example: {examples[0]}" if examples and not isinstance(examples[0], dict | list) else ""
    return f"{schema.get('description', '')}{example}".replace("\n", "\\n")


_SAY: Final[Mapping[str, Callable[[Mapping[str, Any], Any, Mapping[str, Any]], Complaint]]] = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _wrong_form,
    "format": _wrong_form,
    "propertyNames": _property_names,
    "minimum": _bound("is less than {}", "limit"),
    "maximum": _bound("is more than {}", "limit"),
    "exclusiveMinimum": _bound("is not more than {}", "limit"),
    "multipleOf": _bound("is not a multiple of {}", "multiple_of"),
    "minLength": _bound("is shorter than {} characters", "limit"),
    "maxLength": _bound("is longer than {} characters", "limit"),
    "minItems": _bound("has fewer than {} items", "limit"),
    "maxItems": _bound("has more than {} items", "limit"),
    "maxProperties": _bound("has more than {} fields", "limit"),
    "uniqueItems": _bound("has the same item twice", ""),
}
