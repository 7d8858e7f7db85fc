"""Documents against the schemas: all errors of a file, each with its place. The only place that opens jsonschema_rs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from orchestrator.model.finding import Finding, Path
from orchestrator.spec import codes, schemas, versions
from orchestrator.spec.document import Document
from orchestrator.spec.formats import FORMATS
from orchestrator.spec.limit import at_most
from orchestrator.spec.messages import Complaint, complaints, did_you_mean


def validate(document: Document) -> tuple[Finding, ...]:
    """What is wrong with the form of a document."""
    if document.kind not in schemas.KINDS:
        return (_unknown_kind(document),)
    if versions.is_old(document.data.get("apiVersion")):
        return (_old_version(document),)  # its other findings would be of another format
    return at_most(document, _findings(document))


def _findings(document: Document) -> Iterator[Finding]:
    errors = list(_validator(document.kind).iter_errors(document.data))
    mistyped = {tuple(error.instance_path) for error in errors if error.kind.name == "type"}
    for error in errors:
        path: Path = tuple(error.instance_path)
        if path in mistyped and error.kind.name != "type":
            continue  # a value of the wrong type breaks every other keyword too
        schema = schemas.around(error.absolute_keyword_location or "")
        for complaint in complaints(error.kind.name, error.kind.as_dict(), error.instance, schema):
            yield _finding(document, path, complaint)


def _finding(document: Document, path: Path, complaint: Complaint) -> Finding:
    at = (*path, complaint.part) if complaint.part else path
    missing = complaint.name in {"missing-field", "unknown-field"} or complaint.part
    position = document.key_position(at) if missing and at else document.position(at)
    return codes.finding(
        complaint.name, position, complaint.message, hint=complaint.hint, path=at, object_=document.ref
    )


def _old_version(document: Document) -> Finding:
    position = document.position(("apiVersion",))
    message = f"the document is written for {document.data['apiVersion']}; this is {schemas.API_VERSION}"
    hint = "mutualis upgrade FOLDER shows what changes, and with --write rewrites it; comments stay"
    return codes.finding("old-version", position, message, hint=hint, path=("apiVersion",), object_=document.ref)


def _unknown_kind(document: Document) -> Finding:
    if not isinstance(document.data, dict):
        return codes.finding("wrong-type", document.position(), "the document is not a mapping", hint="see docs/spec")
    if "kind" not in document.data:
        hint = f"add it, one of {', '.join(schemas.KINDS)}"
        return codes.finding("missing-field", document.position(), "field 'kind' is missing", hint=hint)
    kind = document.data["kind"]
    hint = did_you_mean(kind, schemas.KINDS)
    return codes.finding("unknown-kind", document.position(("kind",)), f"no kind '{kind}'", hint=hint, path=("kind",))


@cache
def _validator(kind: str) -> Any:
    everything = [(identity, schema) for identity, schema in schemas.schemas().items()]
    return jsonschema_rs.Draft202012Validator(
        schemas.schema_of(kind),
        registry=jsonschema_rs.Registry(everything),
        formats=dict(FORMATS),
        validate_formats=True,
        ignore_unknown_formats=False,
        offline=True,
    )
