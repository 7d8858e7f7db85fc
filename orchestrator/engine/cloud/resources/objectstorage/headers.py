"""A container's properties as the headers in which an object store takes and tells them.

Header values are UTF-8 on the wire, which HTTP libraries show as Latin-1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.provider import Properties

Headers = dict[str, str]

ACCESS_LISTS: Final = ("containerRead", "containerWrite")
META: Final = "X-Container-Meta-"
_REMOVE_META: Final = "X-Remove-Container-Meta-"
_PLAIN: Final = {
    "containerRead": "X-Container-Read",
    "containerWrite": "X-Container-Write",
    "containerSyncTo": "X-Container-Sync-To",
    "containerSyncKey": "X-Container-Sync-Key",
    "contentType": "Content-Type",
}
_VERSIONS: Final = "X-Versions-Enabled"
_LOCATIONS: Final = {"versions": "X-Versions-Location", "history": "X-History-Location"}
_NO_LOCATIONS: Final = {"X-Remove-Versions-Location": "true", "X-Remove-History-Location": "true"}
_SECRET_KEYS: Final = frozenset({"temp-url-key", "temp-url-key-2"})
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f]")


def fixed(inputs: Properties) -> Headers:
    """What only the making of a container can say."""
    asked = {"X-Storage-Policy": inputs.get("storagePolicy"), "X-Object-Storage-Class": inputs.get("storageClass")}
    return encoded({name: str(value) for name, value in asked.items() if value})


def changing(changed: Mapping[str, Any], known: Properties) -> tuple[Headers, ...]:
    """The requests that apply `changed` (None: taken away), in their order: one way of versions ends first."""
    headers = {_PLAIN[name]: str(value or "") for name, value in changed.items() if name in _PLAIN}
    if "metadata" in changed:
        headers |= _metadata(changed["metadata"] or {}, known.get("metadata") or {})
    steps = [*_versions(changed), headers]
    return tuple(encoded(step) for step in steps if step)


def told(headers: Mapping[str, str], known: Properties) -> dict[str, Any]:
    """Outputs that the headers tell. A list of nobody is told by no header: it is as empty as it was asked for."""
    plain = {
        "containerRead": headers.get(_PLAIN["containerRead"]),
        "containerWrite": headers.get(_PLAIN["containerWrite"]),
        "storagePolicy": headers.get("X-Storage-Policy"),
        "storageClass": headers.get("X-Storage-Class"),
    }
    found: dict[str, Any] = {name: decoded(value) for name, value in plain.items() if value}
    found |= {name: "" for name in ACCESS_LISTS if name not in found and known.get(name) == ""}
    location = next(({"type": kind, "location": decoded(headers[name])} for kind, name in _LOCATIONS.items()
                     if headers.get(name)), None)  # fmt: skip
    found |= {"versioningLegacy": location} if location else {}
    return found | {"versioning": is_true(headers.get(_VERSIONS)), "metadata": _told_metadata(headers, known)}


def is_true(text: str | None) -> bool:
    return str(text).lower() == "true"


def encoded(headers: Mapping[str, str]) -> Headers:
    """As an HTTP library takes them, one character a byte."""
    for name, value in headers.items():
        if not _NAME.fullmatch(name):
            raise ProviderError(f"{name.removeprefix(META)!r} cannot be the name of a header, as keys of metadata are")
        if _BREAKS.search(value):
            raise ProviderError(f"{name}: a container's properties are headers, which hold no control characters")
    return {name: value.encode().decode("latin-1") for name, value in headers.items()}


def decoded(value: str) -> str:
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _metadata(new: Mapping[str, Any], old: Mapping[str, Any]) -> Headers:
    kept = {key.lower() for key in new}
    gone = {f"{_REMOVE_META}{key}": "x" for key in old if key.lower() not in kept}
    return {**gone, **{f"{META}{key}": str(value) for key, value in new.items()}}


def _versions(changed: Mapping[str, Any]) -> list[Headers]:
    steps: list[Headers] = []
    if "versioningLegacy" in changed and not changed["versioningLegacy"]:
        steps.append(dict(_NO_LOCATIONS))
    if "versioning" in changed:
        steps.append({_VERSIONS: "true" if changed["versioning"] else "false"})
    if changed.get("versioningLegacy"):
        location = changed["versioningLegacy"]
        steps.append({_LOCATIONS[location["type"]]: str(location["location"])})
    return steps


def _told_metadata(headers: Mapping[str, str], known: Properties) -> dict[str, str]:
    """Keys as they were given, since headers keep no case; all but keys of signatures when none were (an import)."""
    found = {name[len(META) :].lower(): decoded(value) for name, value in headers.items()
             if name.lower().startswith(META.lower())}  # fmt: skip
    given = known.get("metadata")
    if not known.get("name"):
        return {key: value for key, value in found.items() if key not in _SECRET_KEYS}
    return {key: found[key.lower()] for key in given or {} if key.lower() in found}
