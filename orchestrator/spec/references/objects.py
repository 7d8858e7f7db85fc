"""Documents as a set: each identity once, one Region and one Catalogue, no two names that meet in OpenStack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path as FilePath

from orchestrator.model.finding import Finding, ObjectRef, Path, Position
from orchestrator.spec import codes
from orchestrator.spec.document import Document


def findings(folder: FilePath, documents: Sequence[Document], valid: Sequence[Document]) -> list[Finding]:
    """What is wrong with the set."""
    return [*_duplicates(documents), *_exactly_one(folder, documents), *_meeting(valid)]


def _duplicates(documents: Iterable[Document]) -> Iterator[Finding]:
    seen: dict[ObjectRef, Document] = {}
    for document in documents:
        if not document.ref:
            continue
        first = seen.setdefault(document.ref, document)
        if first is not document:
            path: Path = ("metadata", "name")
            hint = f"the first one is {first.position(path)}; keep one, or give this one its own name"
            message = f"{document.ref} exists twice"
            place = document.position(path)
            yield codes.finding("duplicate-object", place, message, hint=hint, path=path, object_=document.ref)


def _exactly_one(folder: FilePath, documents: Iterable[Document]) -> Iterator[Finding]:
    for kind in ("Region", "Catalogue"):
        found = [document for document in documents if document.kind == kind]
        if not found:
            message, hint = f"no document of kind {kind}", "write one; inventory/demo shows its form"
            yield codes.finding("not-exactly-one", Position(file=str(folder)), message, hint=hint)
        for first, other in zip(found[:1] * len(found), found[1:], strict=False):
            if other.ref != first.ref:  # the same name twice is said already
                path: Path = ("metadata", "name")
                hint = f"the first one is {first.position(path)}; a region has one"
                message = f"a second document of kind {kind}"
                yield codes.finding("not-exactly-one", other.position(path), message, hint=hint, path=path)


def _meeting(valid: Iterable[Document]) -> Iterator[Finding]:
    """Projects and groups are named `<tenant>-<name>` in OpenStack, where all tenants' names meet."""
    seen: dict[tuple[str, str], tuple[Document, Path]] = {}
    borne: dict[tuple[str, str], list[tuple[Document, Path]]] = defaultdict(list)
    for document in valid:
        if document.kind == "Tenant":
            for what, name, path in _in_openstack(document):
                borne[what, name].append((document, path))
    for (what, name), bearers in sorted(borne.items(), key=lambda item: item[0]):
        for document, path in bearers:
            first, first_path = seen.setdefault((what, name), (document, path))
            if first.name != document.name:
                hint = f"{first.position(first_path)} makes the same name; change one of them"
                message = f"{what} '{name}' in OpenStack would belong to two tenants"
                yield codes.finding("duplicate-name", document.position(path), message, hint=hint, path=path)


def _in_openstack(document: Document) -> Iterator[tuple[str, str, Path]]:
    spec = document.data["spec"]
    yield "project", document.name, ("metadata", "name")
    for index, project in enumerate(spec.get("projects", ())):
        yield "project", f"{document.name}-{project['name']}", ("spec", "projects", index, "name")
    for index, group in enumerate(spec.get("access", {}).get("groups", ())):
        yield "group", f"{document.name}-{group['name']}", ("spec", "access", "groups", index, "name")
