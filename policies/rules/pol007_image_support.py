"""POL007: servers run on images that their publisher still mends."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.exposure import published
from policies.machines import machines
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    """Of servers that nobody outside reaches: for the others it is an error, POL021."""
    for tenant in living(subject.specs):
        outside = published(tenant)
        for machine in machines(tenant):
            image = subject.specs.catalogue.images[machine.image]
            if image.support_end < subject.today and machine.name not in outside:
                message = (
                    f"{machine.what} '{machine.name}' runs on '{image.name}', unsupported since {image.support_end}"
                )
                yield Violation(object=tenant_ref(tenant), path=(*machine.path, "image"), message=message)


RULE = Rule(
    code="POL007",
    name="image-support",
    severity=Severity.WARNING,
    summary="Servers run on images whose support has not ended.",
    hint="build the server anew on a supported image",
    reference="ANSSI, Guide d'hygiène informatique, measure 35",
    check=_check,
)
