"""POL040: a host that has been paid off is due for a decision: keep it, move it, replace it."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import ObjectRef, Severity
from orchestrator.model.rule import Subject, Violation
from policies.months import MONTHS, months_later
from policies.rule import Rule


def _check(subject: Subject) -> Iterator[Violation]:
    for host in subject.specs.hosts.values():
        end = months_later(host.purchase.date, MONTHS * host.purchase.amortisation_years)
        if end <= subject.today:
            yield Violation(
                object=ObjectRef(kind="Host", name=host.name),
                path=("spec", "purchase", "amortisationYears"),
                message=f"host '{host.name}', bought on {host.purchase.date}, has been amortised since {end}",
            )


RULE = Rule(
    code="POL040",
    name="host-amortised",
    severity=Severity.NOTE,
    summary="Hosts are not yet amortised.",
    hint="decide to keep, repurpose or replace it; its cost is operation alone from now on",
    reference="M57, amortisation of tangible assets",
    check=_check,
)
