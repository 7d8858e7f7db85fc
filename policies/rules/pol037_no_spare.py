"""POL037: when a host is lost another one of its aggregate takes what was guaranteed."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from policies.guarantees import guaranteed_at
from policies.named import named
from policies.placement import Placement
from policies.rule import Rule


def _check(subject: Subject) -> Iterator[Violation]:
    placement = Placement.of(subject.specs)
    for place, tenants in guaranteed_at(subject.specs, placement).items():
        usable = [host for host in placement.hosts.get(place, ()) if not host.maintenance]
        if len(usable) == 1:
            host = usable[0]
            yield Violation(
                object=ObjectRef(kind="Host", name=host.name),
                path=("spec", "aggregate"),
                message=f"host '{host.name}' is the only one in use of aggregate '{place[1]}' at '{place[0]}', which "
                f"carries guaranteed shares of {named(tenants)}",
            )


RULE = Rule(
    code="POL037",
    name="no-spare",
    severity=Severity.WARNING,
    summary="An aggregate that carries guaranteed shares has two hosts in use.",
    hint="add a host to the aggregate, or let the tenants write survives: none",
    reference="capacity layers, docs/words.md",
    check=_check,
)
