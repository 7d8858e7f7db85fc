"""POL007: servers run on images that their publisher still mends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Violation
from orchestrator.model.specs import Specs
from policies.rule import Rule, living, tenant_ref


def _check(specs: Specs, today: dt.date) -> Iterator[Violation]:
    for tenant in living(specs):
        for index, server in enumerate(tenant.servers):
            image = specs.catalogue.images[server.image]
            if image.support_end < today:
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
