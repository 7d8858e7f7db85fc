"""All stacks of a backend at a glance: two listings, and one read a stack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.engine.backend import checkpoint, compression
from orchestrator.engine.backend.bucket import Bucket
from orchestrator.engine.backend.layout import FORMS, LOCKS, STACKS, Layout
from orchestrator.engine.errors import StateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """`updated`: when its state was last written, as RFC 3339, "" for a new one; `problem`: why it cannot be read."""

    layout: Layout
    updated: str = ""
    resources: int = 0
    busy: bool = False
    problem: str = ""


def stacks(bucket: Bucket, project: str = "") -> Iterator[Listed]:
    """The stacks of a project, or all, by name. One that cannot be read stands in the list like the others."""
    found = {}
    for key in bucket.keys(f"{STACKS}/{project}" if project else STACKS):
        layout = _layout(key)
        if layout is not None:
            found[layout.qualified] = layout
    locked = {key.rsplit("/", 1)[0] for key in bucket.keys(LOCKS) if key.endswith(".json")}
    for name in sorted(found):
        yield _listed(bucket, found[name], busy=found[name].locks in locked)


def _layout(key: str) -> Layout | None:
    project, _, name = key.removeprefix(f"{STACKS}/").partition("/")
    form = next((form for form in FORMS if name.endswith(form)), "")
    known = form and "/" not in name and not name.startswith(".")
    return Layout(project=project, stack=name.removesuffix(form)) if known else None


def _listed(bucket: Bucket, layout: Layout, *, busy: bool) -> Listed:
    key = bucket.newest(layout.checkpoints)
    where = bucket.where(key)
    try:
        deployment = checkpoint.raw_deployment(compression.unpack(bucket.read(key) or b"", where), where)
        updated = str((deployment.get("manifest") or {}).get("time", ""))
        return Listed(layout=layout, updated=updated, resources=len(deployment.get("resources") or ()), busy=busy)
    except StateError as error:
        return Listed(layout=layout, busy=busy, problem=str(error))
