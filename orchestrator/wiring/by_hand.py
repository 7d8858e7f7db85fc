"""A stack's program as Pulumi's own command line runs it: in a process of its own, from the specs as they are now.

`mutualis` hands programs to an engine in its process; an operator's `pulumi preview` starts a process that knows no
more than its project, its stack and its configuration. What is built here is the same program from the same specs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from orchestrator.adapters.image_files import verify_images
from orchestrator.adapters.records.ledger_files import LedgerFiles
from orchestrator.adapters.stacks_pulumi.by_hand import Running, end_with, running
from orchestrator.errors import MutualisError, SpecError, UsageError
from orchestrator.model.exported_ids import exported_ids
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import REGION_STEP, stack_of
from orchestrator.model.specs import Specs
from orchestrator.planning.environment import region_environment, tenant_environment
from orchestrator.settings import STACKS_AT_ONCE, read_settings
from orchestrator.wiring.specs import accepted, validated
from orchestrator.wiring.stacks import prepare_process
from stacks import region_program, tenant_program


def run() -> None:
    """Build what the running stack is named after; what stands in the way is told without a trace."""
    environment = dict(os.environ)
    prepare_process()
    try:
        program_of(running(), environment)()
    except MutualisError as err:
        end_with(f"{err}; {err.hint}" if err.hint else str(err))


def program_of(now: Running, environment: Mapping[str, str]) -> Callable[[], None]:
    """The program of the running stack.

    `environment`: names the state's folder (MUTUALIS_STATE), whose ledger knows what other stacks export, and the
    folder of the operator's own rules (MUTUALIS_RULES).
    Raises SpecError when the specs are refused, UsageError when they are not this project's or know no such tenant.
    """
    folder = Path(now.inventory)
    rules = environment.get("MUTUALIS_RULES")
    specs = _specs(folder, now.project, Path(rules) if rules else None)
    if now.stack == stack_of(REGION_STEP):
        region = region_environment(specs)
        if not now.preview:
            verify_images(region.images, folder)
        return region_program(region, folder.resolve())
    if now.stack not in specs.tenants:
        raise UsageError(f"{folder} has no tenant {now.stack}", hint="a tenant's stack has the tenant's name")
    return tenant_program(tenant_environment(specs, now.stack), _ids(specs, now.stack, environment))


def _specs(folder: Path, project: str, rules: Path | None) -> Specs:
    found = validated(folder, rules)
    try:
        specs = accepted(found)
    except SpecError as err:
        causes = "; ".join(str(finding) for finding in found.findings if finding.refuses)
        raise SpecError(f"{err}: {causes}", hint=f"see `mutualis validate {folder}`") from err
    if specs.region.name != project:
        raise UsageError(
            f"the project is {project}, but {folder} describes the region {specs.region.name}",
            hint="in Pulumi.yaml, `name` is the region and `inventory` its folder",
        )
    return specs


def _ids(specs: Specs, tenant: str, environment: Mapping[str, str]) -> KnownIds:
    settings = read_settings(environment, state=None, clouds=None, stacks_at_once=STACKS_AT_ONCE)
    ledger = LedgerFiles(settings.region_folder(specs.region.name) / "ledger").read()
    return exported_ids(ledger, specs.tenants[tenant].knows)
