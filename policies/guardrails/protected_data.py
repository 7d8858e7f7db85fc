"""POL101 on resources: where a project is protected, what holds data in its stack is protected too.

A pack is not asked about deletions. Pulumi itself refuses to delete what is protected: this sees that it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from policies.data_loss import KINDS
from policies.guardrails.guardrail import Declared, StackGuardrail

PROJECT: Final = "openstack:identity/project:Project"


def _check(resources: Sequence[Declared]) -> Iterator[tuple[Declared, str]]:
    projects = [resource.name for resource in resources if resource.kind == PROJECT and resource.protected]
    for resource in resources if projects else ():
        if resource.kind in KINDS and not resource.protected:
            yield resource, f"holds data and is not protected, while project {projects[0]} is; set `protect`"


GUARDRAIL = StackGuardrail(
    name="protected-data",
    summary="In a stack with a protected project, servers, volumes and containers are protected.",
    check=_check,
)
