"""POL024: a member's file speaks of the member's own things, so that whoever may change it changes nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.specs import Specs
from policies.rule import Rule

FOLDER: Final = "tenants"
"""Below a folder of this name, a folder or file that bears a tenant's name is that member's."""


def _check(subject: Subject) -> Iterator[Violation]:
    """Documents elsewhere belong to the operator and may be anything."""
    for ref, file in sorted(subject.files.items(), key=lambda item: item[1]):
        member = _member(file, subject.specs.tenants)
        if member and not _owned(subject.specs, ref, member):
            path = (
                ("spec", "owner") if ref.kind == "Host" else ("kind",) if ref.kind != "Tenant" else ("metadata", "name")
            )
            message = f"{file} is a file of member '{member}' and holds {ref.kind} '{ref.name}'"
            yield Violation(object=ref, path=path, message=message)


def _member(file: str, tenants: Collection[str]) -> str:
    """Whose file it is: the first part below `tenants/` that names a tenant, else the file's own name."""
    parts = file.split("/")
    if FOLDER not in parts[:-1]:
        return ""
    below = parts[parts.index(FOLDER) + 1 :]
    below[-1] = below[-1].split(".", 1)[0]
    return next((part for part in below if part in tenants), below[-1])


def _owned(specs: Specs, ref: ObjectRef, member: str) -> bool:
    if ref.kind == "Host":
        return specs.hosts[ref.name].owner == member
    return ref.kind == "Tenant" and ref.name == member


RULE = Rule(
    code="POL024",
    name="file-ownership",
    severity=Severity.ERROR,
    summary=f"A folder or file below `{FOLDER}/` that bears a tenant's name holds that Tenant and hosts that it lends, "
    "nothing else: no other member, no waiver.",
    hint="move the document out of the member's folder, where the operator reviews it",
    reference="SecNumCloud 3.2, 9 (access control): who may change what",
    check=_check,
)
