"""POL033: guaranteed shares do not hang on one power feed."""

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
        for host in placement.hosts.get(place, ()):
            if len(set(host.feeds)) == 1 and not host.maintenance:
                yield Violation(
                    object=ObjectRef(kind="Host", name=host.name),
                    path=("spec", "feeds"),
                    message=f"host '{host.name}' hangs on power feed {host.feeds[0]} alone and carries guaranteed "
                    f"shares of {named(tenants)}",
                )


RULE = Rule(
    code="POL033",
    name="single-feed",
    severity=Severity.WARNING,
    summary="Hosts that carry guaranteed shares are connected to two power feeds.",
    hint="connect its second power supply to another feed, or lower what is guaranteed there",
    reference="EN 50600-2-2 (power supply of data centres), availability class 2 and above",
    check=_check,
)
