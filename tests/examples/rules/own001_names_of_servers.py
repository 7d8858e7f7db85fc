"""OWN001: servers of members are named after what they do, so that on-call staff know what they look at."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule, living, tenant_ref

PREFIXES = ("web", "db", "app", "files")


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for index, server in enumerate(tenant.servers):
            if not server.name.startswith(PREFIXES):
                message = f"server '{server.name}' does not say what it does"
                yield Violation(object=tenant_ref(tenant), path=("spec", "servers", index, "name"), message=message)


RULE = Rule(
    code="OWN001",
    name="names-of-servers",
    severity=Severity.WARNING,
    summary="Servers are named web, db, app or files, and a number.",
    hint=f"begin its name with one of {', '.join(PREFIXES)}",
    reference="on-call handbook of the operator, page 12",
    check=_check,
)
