"""A region's folder to the model, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from orchestrator.errors import UsageError
from orchestrator.model.finding import Finding, ObjectRef, Path, Position
from orchestrator.model.specs import Specs
from orchestrator.spec import folder as files
from orchestrator.spec.decode.specs import specs
from orchestrator.spec.document import Document
from orchestrator.spec.order import by_place
from orchestrator.spec.references import resolve
from orchestrator.spec.validate import validate


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRegion:
    """`specs`: None when a finding refuses them; `findings`: sorted by place; `documents`: those that can be named."""

    specs: Specs | None
    findings: tuple[Finding, ...]
    documents: Mapping[ObjectRef, Document]

    def position_of(self, ref: ObjectRef, path: Path = ()) -> Position:
        """Where a part of an object stands; where the nearest part around it does, if it is not written."""
        return self.documents[ref].position(path)

    def place_of(self, ref: ObjectRef, path: Path) -> tuple[Path, Position]:
        """The path with indices where it names items of lists, and where that stands."""
        document = self.documents[ref]
        written = document.written(path)
        return written, document.position(written)


def load_region(folder: FilePath, *, rules: Collection[str], further: Sequence[FilePath] = ()) -> LoadedRegion:
    """Read, judge the form, resolve the references. `rules`: codes of the policy rules that a waiver may name.

    `further`: files from elsewhere, taken as if they were in the folder.

    Raises UsageError when the folder cannot be read.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder", hint="name a region's folder, such as inventory/demo")
    try:
        documents, findings = files.read(folder, further)
    except files.TooMuchError as error:
        return LoadedRegion(specs=None, findings=(error.finding,), documents={})
    broken = {finding.position.file for finding in findings}
    valid: list[Document] = []
    for document in documents:
        if document.file in broken:
            continue
        found = validate(document)
        findings += found
        if not found:
            valid.append(document)
    findings += resolve(folder, documents, valid, rules)
    ordered = by_place(findings)
    return LoadedRegion(
        specs=None if any(finding.refuses for finding in ordered) else specs(valid),
        findings=ordered,
        documents={document.ref: document for document in documents if document.ref},
    )
