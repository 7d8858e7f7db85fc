"""POL020: the end of an image's support is told while there is time to build anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.machines import machines
from policies.rule import Rule, living, tenant_ref

DAYS: Final = 180
"""Half a year: what a member with one IT person needs."""


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for machine in machines(tenant):
            image = subject.specs.catalogue.images[machine.image]
            days = (image.support_end - subject.today).days
            if 0 <= days <= DAYS:
                ends = f"ends on {image.support_end}, in {days} days"
                message = f"{machine.what} '{machine.name}' runs on '{image.name}', whose support {ends}"
                yield Violation(object=tenant_ref(tenant), path=(*machine.path, "image"), message=message)


RULE = Rule(
    code="POL020",
    name="image-support-ends",
    severity=Severity.WARNING,
    summary=f"Servers run on images that are supported for {DAYS} days more.",
    hint="plan to build the server anew on a newer image",
    reference="ANSSI, Guide d'hygiène informatique, measure 35",
    check=_check,
)
