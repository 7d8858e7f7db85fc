"""POL007: servers run on images that their publisher still mends."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for index, server in enumerate(tenant.servers):
            image = subject.specs.catalogue.images[server.image]
            if image.support_end < subject.today:
                yield Violation(
                    object=tenant_ref(tenant),
                    path=("spec", "servers", index, "image"),
                    message=f"server '{server.name}' runs on '{image.name}', unsupported since {image.support_end}",
                )


RULE = Rule(
    code="POL007",
    name="image-support",
    severity=Severity.WARNING,
    summary="Servers run on images whose support has not ended.",
    hint="build the server anew on a supported image",
    reference="ANSSI, Guide d'hygiène informatique, measure 35",
    check=_check,
)
