"""Commented examples of documents, fitted to what a region's folder holds already, so that all validate together."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from orchestrator.errors import UsageError
from orchestrator.spec import folder as files
from orchestrator.spec import schemas
from orchestrator.spec.fields import resolved
from orchestrator.spec.publish import as_text, self_contained

_PLACES: Final = {
    "Region": "region.yaml",
    "Catalogue": "catalogue.yaml",
    "Site": "sites/{}.yaml",
    "Host": "hosts/{}.yaml",
    "Tenant": "tenants/{}.yaml",
    "Waiver": "waivers/{}.yaml",
}
_SCHEMAS: Final = ".schema"
"""Where a region's folder keeps the schemas for editors; hidden, so that nobody takes them for specs."""
_IMAGE: Final = "images/debian-13.raw"
_PLACEHOLDER: Final = b"a placeholder; put a real image here\n" * 64
_WAIVED_DAYS: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """`path`: relative to the region's folder."""

    path: str
    content: bytes


def example(kind: str, name: str, folder: Path, today: dt.date) -> tuple[File, ...]:
    """The document, first, and what it needs beside it. Raises UsageError when the name or the kind is taken."""
    _check_name(name)
    known = _known(folder)
    _check_free(kind, name, known)
    path = _PLACES[kind].format(name)
    number = Counter(found for found, _ in known)[kind] + 1
    values = {
        "name": name,
        "schema": "../" * path.count("/") + f"{_SCHEMAS}/{kind.lower()}.json",
        "site": _first(known, "Site", "site"),
        "tenant": _first(known, "Tenant", "tenant"),
        "number": str(number),
        "hex": f"{number:02x}",
        "sha256": hashlib.sha256(_PLACEHOLDER).hexdigest(),
        "expires": str(today + dt.timedelta(days=_WAIVED_DAYS)),
    }
    return (File(path=path, content=_filled(kind, values).encode()), *_beside(kind))


def _filled(kind: str, values: dict[str, str]) -> str:
    text = (resources.files("orchestrator.spec") / "templates" / f"{kind.lower()}.yaml").read_text("utf-8")
    for word, value in values.items():
        text = text.replace(f"@{word}@", value)
    return text


def _beside(kind: str) -> tuple[File, ...]:
    schema = File(path=f"{_SCHEMAS}/{kind.lower()}.json", content=as_text(self_contained(kind)).encode())
    return (schema, File(path=_IMAGE, content=_PLACEHOLDER)) if kind == "Catalogue" else (schema,)


def _known(folder: Path) -> list[tuple[str, str]]:
    documents, _ = files.read(folder) if folder.is_dir() else ([], [])
    return [(document.kind, document.name) for document in documents]


def _first(known: list[tuple[str, str]], kind: str, otherwise: str) -> str:
    return min((name for found, name in known if found == kind), default=otherwise)


def _check_name(name: str) -> None:
    form = resolved({"$ref": "definitions.json#/$defs/name"})
    if not re.fullmatch(form["pattern"], name):
        raise UsageError(f"'{name}' is no name", hint=str(form["description"]))


def _check_free(kind: str, name: str, known: list[tuple[str, str]]) -> None:
    single = kind in ("Region", "Catalogue")
    for found, other in known:
        if found == kind and (single or other == name):
            hint = "a region has one" if single else "give this one another name"
            raise UsageError(f"there is a {kind} '{other}' already", hint=hint)
    if kind not in schemas.KINDS:
        raise UsageError(f"no kind '{kind}'", hint=f"one of {', '.join(schemas.KINDS)}")
