"""Stacks with the programs of `stacks`, carried out by the engine that the Region spec names."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.image_files import verify_images
from orchestrator.adapters.records.governed_file import GovernedFile
from orchestrator.adapters.records.journal_file import JournalFile
from orchestrator.adapters.records.run_lock import FileRunLock
from orchestrator.adapters.stacks_pulumi import (
    Programs,
    PulumiStacks,
    embedded_engine,
    official_engine,
)
from orchestrator.adapters.stacks_pulumi.workspaces import Program
from orchestrator.errors import Bug
from orchestrator.flow.cloud_judge import CloudJudge
from orchestrator.flow.plan import Planned, World, make_plan
from orchestrator.flow.validate import Validation
from orchestrator.model.environment import RegionEnvironment, TenantEnvironment
from orchestrator.model.plan import StackTarget
from orchestrator.model.region import Engine
from orchestrator.model.specs import Specs
from orchestrator.ports import CloudInventory
from orchestrator.settings import Settings
from orchestrator.wiring.drift import repairs
from orchestrator.wiring.host_duties import host_duties
from orchestrator.wiring.hosts import host_applier_of
from orchestrator.wiring.ledgers import ledger_of
from orchestrator.wiring.specs import accepted
from orchestrator.wiring.workspaces import workspaces
from stacks import PROGRAM_VERSION, region_program, tenant_program


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What a region keeps on disk between runs."""

    journal: JournalFile
    lock: FileRunLock


def prepare_process() -> None:
    """Make this process fit to run programs: what it writes is its owner's only, and it has no ambient credential.

    `pulumi_openstack` would write `OS_*` of the process into the state as provider inputs.
    """
    os.umask(0o077)
    for name in [name for name in os.environ if name.startswith("OS_")]:
        del os.environ[name]


def records(region: str, settings: Settings, pipeline: str = "") -> Records:
    """`pipeline`: its URL, for whoever finds the region busy."""
    folder, clock = settings.region_folder(region), SystemClock()
    return Records(journal=JournalFile(folder / "journal", clock), lock=FileRunLock(folder / "lock", clock, pipeline))


def governed_file(region: str, settings: Settings) -> GovernedFile:
    return GovernedFile(settings.region_folder(region) / "governed.json")


def world(specs: Specs, settings: Settings, folder: Path) -> World:
    """Everything that planning and applying need for one region."""
    region = specs.region
    carrier = official_engine() if region.engine is Engine.OFFICIAL else embedded_engine()
    embedded = region.engine is not Engine.OFFICIAL
    engine = PulumiStacks(
        acting=workspaces(region, settings, carrier, reading=False),
        looking=workspaces(region, settings, carrier, reading=True),
        programs=_programs(folder),
        parallel=settings.resources_at_once,
        repairs=repairs(region, settings) if embedded else None,
    )
    return World(
        engine=engine,
        ledger=ledger_of(region.name, settings),
        clock=SystemClock(),
        governed=governed_file(region.name, settings),
        at_once=settings.stacks_at_once,
        hosts=host_applier_of(region.name, settings) if region.installation else None,
        looking=host_duties(specs, settings, reading=True),
        acting=host_duties(specs, settings, reading=False),
    )


def planned(
    validation: Validation,
    here: World,
    folder: Path,
    *,
    inventory: CloudInventory | None = None,
    repair: Collection[str] = (),
) -> Planned:
    """The plan of accepted specs, with the findings on both. Raises SpecError when the specs are refused.

    `inventory`: of the running cloud, where guaranteed shares are to be held against that too; `repair`: stacks in
    which drift is put back.
    """
    judge = validation.plan_judge
    return make_plan(
        accepted(validation),
        here,
        inventory=str(folder),
        program=PROGRAM_VERSION,
        provider=version("pulumi_openstack"),
        findings=validation.findings,
        judge=judge,
        cloud=CloudJudge(inventory=inventory, place_of=judge.place_of) if inventory else None,
        repair=repair,
    )


def _programs(folder: Path) -> Programs:
    def program(target: StackTarget, *, acting: bool) -> Program:
        environment = target.environment
        if isinstance(environment, RegionEnvironment):
            if acting:
                verify_images(environment.images, folder)
            return region_program(environment, folder.resolve())
        if isinstance(environment, TenantEnvironment):
            return tenant_program(environment, target.ids)
        raise Bug(f"stack {target.stack} has nothing to build")

    return program
