"""What must hold of everything that is found, whatever was written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from region_examples import EXAMPLES, TODAY

from orchestrator.flow.validate import validate
from orchestrator.model.finding import Finding
from orchestrator.reporting.findings import findings_to_json, findings_to_text
from orchestrator.spec import load as loading
from orchestrator.spec.codes import TABLE
from policies import RULES

LOADING = {code.code for code in TABLE}


def check_load(content: bytes) -> None:
    """Loading ends with a document or with findings, each at a place in the file."""
    document, findings = loading.load("x.yaml", content)
    assert document is not None or findings
    check_places(findings, {"x.yaml": content})
    assert {finding.code for finding in findings} <= LOADING
    if document is not None and not findings:
        slow, found = loading._looked_at("x.yaml", content.decode("utf-8"))
        assert slow is not None
        assert (found, repr(slow.data)) == ((), repr(document.data))


def check_region(folder: Path) -> None:
    """Judging a region's folder ends with findings that can be shown, each at a place in one of its files."""
    validation = validate(folder, RULES, TODAY)
    contents = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    check_places(validation.findings, contents, folders={str(folder)})
    findings_to_text(validation.findings).encode("utf-8")
    json.loads(findings_to_json(validation.findings).encode("utf-8"))
    assert (validation.specs is None) == any(finding.refuses for finding in validation.findings)


def check_places(findings: Iterable[Finding], contents: dict[str, bytes], folders: Collection[str] = ()) -> None:
    for finding in findings:
        place = finding.position
        if place.file in folders:
            assert (place.line, place.column) == (1, 1)
            continue
        lines = contents[place.file].decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
        assert 1 <= place.line <= len(lines), finding
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, finding
        assert finding.message, finding
        assert finding.hint, finding


@contextmanager
def region_of(folder: Path, **files: bytes) -> Iterator[Path]:
    """The base region with some files written over: name without suffix -> content. It vanishes afterwards."""
    shutil.copytree(EXAMPLES / "base", folder)
    try:
        for name, content in files.items():
            (folder / f"{name}.yaml").write_bytes(content)
        yield folder
    finally:
        shutil.rmtree(folder)
