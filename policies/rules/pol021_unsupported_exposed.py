"""POL021: what the Internet reaches is mended by its publisher."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.exposure import published
from policies.machines import machines
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        outside = published(tenant)
        for machine in machines(tenant) if outside else ():
            image = subject.specs.catalogue.images[machine.image]
            if machine.name in outside and image.support_end < subject.today:
                has = f"{machine.what} '{machine.name}' has a floating IP"
                message = f"{has} and runs on '{image.name}', unsupported since {image.support_end}"
                yield Violation(object=tenant_ref(tenant), path=(*machine.path, "image"), message=message)


RULE = Rule(
    code="POL021",
    name="unsupported-exposed",
    severity=Severity.ERROR,
    summary="No server with a floating IP runs on an image whose support has ended.",
    hint="build the server anew on a supported image, or take its floating IP away",
    reference="ANSSI, Guide d'hygiène informatique, measure 35",
    check=_check,
)
