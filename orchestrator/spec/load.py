"""Text to documents, with the place of every key and value.

The parser's events are taken one by one and judged before anything is built of them, so that no file can cost more
than its size: nodes and depth are counted, aliases never resolved, tags never obeyed. A broken file is a value to
report and never hides the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from orchestrator.model.finding import Finding, Path, Position
from orchestrator.spec import characters, codes, parser, scalars
from orchestrator.spec.document import Document, Mark, Places
from orchestrator.spec.plain_data import MOST_LEVELS, NotPlainError, plain_data

MOST_NODES: Final = 50_000


def load(file: str, content: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    """The document of a file and what is wrong with it; the document is None when there is nothing to judge further.

    `file`: the name that findings show.
    """
    text = characters.decode(content)
    if isinstance(text, characters.Fault):
        return None, (_at_fault(file, text),)
    try:
        data = plain_data(text)
    except (NotPlainError, parser.NotYamlError):
        return _looked_at(file, text)
    return Document(file=file, data=data, find=partial(_places, file, text)), ()


def _looked_at(file: str, text: str) -> tuple[Document | None, tuple[Finding, ...]]:
    """The same, slowly: with each oddity and its place."""
    builder = _Builder(file, text)
    try:
        document = builder.document()
    except _TooLargeError as error:
        return None, (*builder.findings, error.finding)
    except parser.NotYamlError as error:
        return None, (*builder.findings, _syntax(file, text, error))
    return document, tuple(builder.findings)


def _places(file: str, text: str) -> Mark | Places:
    """The places of a text in which nothing is odd."""
    document = _Builder(file, text).document()
    if document is None:
        raise AssertionError("a file that holds data holds a document")
    return document.find()


class _TooLargeError(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Builder:
    """Builds one file's data and places from the parser's events."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._next: Callable[[], Any] = parser.events(text)
        self._nodes = 0
        self._path: list[str | int] = []
        self.findings: list[Finding] = []

    def document(self) -> Document | None:
        self._next()  # the stream begins
        event = self._next()
        if isinstance(event, parser.STREAM_END):
            self._report("empty", event.start_mark, "the file holds no document", "write one, or remove the file")
            return None
        data, places = self._node(self._next())
        self._next()  # the document ends
        event = self._next()
        if not isinstance(event, parser.STREAM_END):
            self._report("several-documents", event.start_mark, "a second document begins here", "give it its own file")
        return Document(file=self._file, data=data, find=lambda: places)

    def _node(self, event: Any) -> tuple[Any, Mark | Places]:
        """The value that begins with this event. Raises _TooLargeError."""
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._too_large(event, f"more than {MOST_NODES} values", "split the document")
        kind = event.__class__
        if kind is parser.SCALAR:
            return self._scalar(event), event.start_mark
        if kind is parser.ALIAS:
            self._report("anchor", event.start_mark, f"alias *{event.anchor} is refused", "write the value out")
            return None, event.start_mark
        self._refuse_extras(event)
        if len(self._path) >= MOST_LEVELS:
            raise self._too_large(event, f"more than {MOST_LEVELS} levels", "no spec needs such depth")
        if kind is parser.LIST:
            return self._list(event)
        return self._mapping(event)

    def _too_large(self, event: Any, message: str, hint: str) -> _TooLargeError:
        self._path.clear()
        return _TooLargeError(self._finding("too-large", event.start_mark, message, hint))

    def _scalar(self, event: Any) -> Any:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if event.style == '"':
            self._refuse_escapes(event)
        if event.style:
            return event.value
        try:
            return scalars.plain(event.value)
        except scalars.HugeNumberError:
            hint = "put it in quotes if it is not a quantity"
            self._report("huge-number", event.start_mark, f"{_short(event.value)} is too large a number", hint)
            return 0

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            message = f"anchor &{event.anchor} is refused"
            self._report("anchor", event.start_mark, message, "write the value out where it is needed")
        if event.tag is not None:
            self._report("tag", event.start_mark, f"tag {_short(event.tag)} is refused", "remove it: specs are data")

    def _refuse_escapes(self, event: Any) -> None:
        if found := characters.escaped(event.value):
            message = f"escaped {characters.describe(found)} is refused"
            self._report("forbidden-character", event.start_mark, message, "remove it")

    def _list(self, start: Any) -> tuple[list[Any], Places]:
        data: list[Any] = []
        places: list[Mark | Places] = []
        self._path.append(0)
        while (event := self._next()).__class__ is not parser.LIST_END:
            self._path[-1] = len(data)
            value, place = self._node(event)
            data.append(value)
            places.append(place)
        self._path.pop()
        return data, Places(start.start_mark, {}, places)

    def _mapping(self, start: Any) -> tuple[dict[str, Any], Places]:
        data: dict[str, Any] = {}
        keys: dict[str, Mark] = {}
        places: dict[str, Mark | Places] = {}
        self._path.append("")
        while (event := self._next()).__class__ is not parser.MAPPING_END:
            key = self._key(event, keys)
            value, place = self._node(self._next())
            if key not in keys:
                data[key], keys[key], places[key] = value, event.start_mark, place
        self._path.pop()
        return data, Places(start.start_mark, keys, places)

    def _key(self, event: Any, seen: Mapping[str, Mark]) -> str:
        """The text of a key; what is wrong with it is reported."""
        self._path[-1] = ""  # what is wrong with the key itself belongs to the mapping
        key, _ = self._node(event)
        if not isinstance(key, str):
            hint = "put it in quotes" if isinstance(event, parser.SCALAR) else "use a plain word"
            self._report("key-not-text", event.start_mark, "a key that is not text", hint)
            self._path[-1] = f"({len(seen)})"
            return f"({len(seen)})"
        self._path[-1] = key
        if key == "<<":
            self._report("anchor", event.start_mark, "merge key << is refused", "write the values out")
        if key in seen:
            hint = f"the first one stands on line {seen[key].line + 1}; keep one"
            self._report("duplicate-key", event.start_mark, f"key '{_short(key)}' stands twice", hint)
        return key

    def _report(self, name: str, mark: Mark, message: str, hint: str) -> None:
        self.findings.append(self._finding(name, mark, message, hint))

    def _finding(self, name: str, mark: Mark, message: str, hint: str) -> Finding:
        position = Position(file=self._file, line=mark.line + 1, column=mark.column + 1)
        path: Path = tuple(part for part in self._path if part != "")
        return codes.finding(name, position, message, hint=hint, path=path)


def _short(text: str) -> str:
    most = 60
    return text if len(text) <= most else f"{text[:most]}..."


def _at_fault(file: str, fault: characters.Fault) -> Finding:
    position = Position(file=file, line=fault.line + 1, column=fault.column + 1)
    return codes.finding(fault.name, position, fault.message, hint=fault.hint)


def _syntax(file: str, text: str, error: parser.NotYamlError) -> Finding:
    """The parser's complaint; at the end of the last line when it stood behind that."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    last = text.count("\n")
    if line > last:
        line, column = last, len(text) - (text.rfind("\n") + 1)
    parts = [part for part in (error.problem, error.context) if part]
    position = Position(file=file, line=line + 1, column=column + 1)
    return codes.finding("syntax", position, ", ".join(parts), hint="check indentation, quotes and colons here")
