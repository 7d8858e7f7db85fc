"""POL026: a lent host stands where its member has something to do with the building."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from policies.machines import sites_of
from policies.rule import Rule


def _check(subject: Subject) -> Iterator[Violation]:
    for host in subject.specs.hosts.values():
        owner = subject.specs.tenants.get(host.owner)
        if owner is None:
            continue
        named = sites_of(owner)
        if host.site not in named:
            yield Violation(
                object=ObjectRef(kind="Host", name=host.name),
                path=("spec", "site"),
                message=f"host '{host.name}' of '{owner.name}' stands at '{host.site}'; its member names "
                f"{', '.join(named)} only",
            )


RULE = Rule(
    code="POL026",
    name="host-of-member",
    severity=Severity.WARNING,
    summary="A host that a member lends stands at a site that the member's tenant names.",
    hint="mend the site, or the owner",
    reference="owner of hosts, docs/spec/reference.md",
    check=_check,
)
