"""The codes of everything that can be wrong with a spec, in one table; a code is stable for ever."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from orchestrator.model.finding import Finding, ObjectRef, Path, Position, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """`name`: for people and searches; `summary`: what it means, one sentence."""

    code: str
    name: str
    summary: str


def _code(number: int, name: str, summary: str) -> Code:
    return Code(code=f"SPEC{number:03}", name=name, summary=summary)


TABLE: Final = (
    _code(1, "syntax", "The file is not YAML."),
    _code(2, "encoding", "The file is not plain UTF-8."),
    _code(3, "forbidden-character", "A tab, a control character or an invisible character stands in the file."),
    _code(4, "too-large", "The file has too many bytes, nodes or levels."),
    _code(5, "duplicate-key", "A key stands twice in the same mapping."),
    _code(6, "tag", "Tags are refused: specs are data."),
    _code(7, "anchor", "Anchors, aliases and merge keys are refused: specs are data."),
    _code(8, "several-documents", "A file holds one document."),
    _code(9, "key-not-text", "Keys are plain text."),
    _code(10, "huge-number", "A number is beyond what can be kept exactly."),
    _code(11, "unreadable", "The file cannot be read, or is no regular file of the folder."),
    _code(12, "empty", "The file holds no document."),
    _code(13, "suffix", "The file's suffix is not `.yaml`."),
    _code(20, "missing-field", "A required field is missing."),
    _code(21, "unknown-field", "A field that the format does not know."),
    _code(22, "wrong-type", "A value of the wrong type."),
    _code(23, "value-not-allowed", "A value outside the list of allowed ones."),
    _code(24, "wrong-form", "A text that has not the form it needs."),
    _code(25, "out-of-bounds", "A value, a text or a list that is too small, too large or repeats itself."),
    _code(26, "unknown-kind", "A document of a kind that does not exist."),
    _code(27, "old-version", "A document of an older version of the format; `mutualis upgrade` rewrites it."),
    _code(29, "schema", "The document breaks another rule of the schema."),
    _code(30, "more-findings", "The file has more findings than are shown."),
    _code(40, "duplicate-object", "Two documents have the same kind and name."),
    _code(41, "not-exactly-one", "A region's folder holds exactly one Region and one Catalogue."),
    _code(42, "unknown-reference", "A name that nothing bears."),
    _code(43, "duplicate-name", "Two items of a list have the same name."),
    _code(44, "quota-cycle", "A quota size is its own ancestor."),
    _code(45, "address", "An address outside its network, or one that is taken."),
    _code(46, "rack-unit", "A host does not fit where it is said to hang."),
    _code(47, "contradiction", "Two fields that cannot both be true."),
    _code(48, "image-file", "The file of an image is not in the region's folder."),
    _code(49, "order", "An end that comes before its beginning."),
    _code(50, "not-offered", "A tier or a host aggregate that the site does not offer."),
    _code(51, "one-sided", "A network or container that one member alone says they share, or under another agreement."),
    _code(52, "sharing-circle", "Members that wait for each other's networks: none could be built first."),
    _code(53, "access-list-length", "An object container open for more projects than its access lists hold."),
    _code(60, "waiver-expired", "A waiver that counts no more (a warning)."),
    _code(61, "waiver-idle", "A waiver that suspends nothing (a note)."),
    _code(62, "waiver-approver", "A waiver that the member gave itself."),
)

CODES: Final = MappingProxyType({code.name: code for code in TABLE})


def finding(
    name: str,
    position: Position,
    message: str,
    *,
    hint: str,
    path: Path = (),
    object_: ObjectRef | None = None,
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding with the code that the table has under `name`."""
    return Finding(
        code=CODES[name].code,
        severity=severity,
        position=position,
        message=message,
        path=path,
        hint=hint,
        object=object_,
    )
