"""A document of an older version rewritten for the present one.

Only the words that changed are touched, where the parser found them: comments, order, quotes and blanks stay to the
letter. What comes out is read again and compared with what was meant, so that nothing is ever changed by accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from orchestrator.errors import SpecError
from orchestrator.model.finding import Path, Position
from orchestrator.spec import versions
from orchestrator.spec.document import Document
from orchestrator.spec.load import load
from orchestrator.spec.versions import EACH, Change

_TOKEN: Final = re.compile(r'"[^"]*"|\'[^\']*\'|[^\s:,{}\[\]#]+(?::[^\s,{}\[\]#]+)*')
"""A word where the parser said that one begins: quoted, or plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """A word to put in the place of the one that stands there."""

    position: Position
    word: str


def upgraded(file: str, content: bytes) -> bytes | None:
    """The content for the present version; None when there is nothing to do.

    Raises SpecError for a file that cannot be read, or in which old and new names of a field stand side by side.
    """
    document, findings = load(file, content)
    version = document.data.get("apiVersion") if document and isinstance(document.data, dict) else None
    if document is None or not versions.is_old(version):
        return None
    if findings:
        first = findings[0]
        raise SpecError(f"{first.position}: {first.message}", hint="mend the file first, then upgrade it")
    text = _applied(content.decode(), list(_edits(document)))
    _check(file, text, _meant(document))
    return text.encode()


def _edits(document: Document) -> Iterator[_Edit]:
    yield _Edit(position=document.position(("apiVersion",)), word=versions.PRESENT)
    for change in _changes(document):
        for path in _places(document.data, change.path):
            yield _Edit(position=document.key_position(path), word=change.name)
            old = _at(document.data, path)
            new = change.value(old) if change.value else old
            if new != old:
                yield _Edit(position=document.position(path), word=str(new))


def _changes(document: Document) -> list[Change]:
    return [one for one in versions.OLD[document.data["apiVersion"]] if one.kind == document.kind]


def _places(data: Any, pattern: Path, above: Path = ()) -> Iterator[Path]:
    """Every path of the data that has the pattern's form."""
    if not pattern:
        yield above
    elif pattern[0] == EACH:
        for index, item in enumerate(data if isinstance(data, list) else ()):
            yield from _places(item, pattern[1:], (*above, index))
    elif isinstance(data, dict) and pattern[0] in data:
        yield from _places(data[pattern[0]], pattern[1:], (*above, pattern[0]))


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _meant(document: Document) -> Any:
    """The data as it shall be read afterwards."""
    data = deepcopy(document.data)
    for change in _changes(document):
        for path in _places(document.data, change.path):
            around = _at(data, path[:-1])
            value = around.pop(path[-1])
            around.setdefault(change.name, change.value(value) if change.value else value)
    return {**data, "apiVersion": versions.PRESENT}


def _applied(text: str, edits: list[_Edit]) -> str:
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda one: one.position, reverse=True):
        line, column = lines[edit.position.line - 1], edit.position.column - 1
        found = _TOKEN.match(line, column)
        end = found.end() if found else column
        lines[edit.position.line - 1] = line[:column] + edit.word + line[end:]
    return "\n".join(lines)


def _check(file: str, text: str, meant: Any) -> None:
    document, findings = load(file, text.encode())
    if findings or document is None or document.data != meant:
        why = f": {findings[0].message}" if findings else ""
        raise SpecError(
            f"{file} cannot be rewritten safely{why}", hint="rename its fields by hand: docs/spec/reference.md"
        )
