"""Looking for drift, with the credential that only looks."""

from __future__ import annotations

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.records.drift_file import DriftFile
from orchestrator.adapters.stacks_pulumi import embedded_engine
from orchestrator.adapters.stacks_pulumi.comparison import FleetComparison
from orchestrator.adapters.stacks_pulumi.engines import partial_engine
from orchestrator.adapters.stacks_pulumi.repairs import Repairs
from orchestrator.flow.drift import DriftWorld
from orchestrator.model.drift import FoundObject, Owner
from orchestrator.model.region import Region
from orchestrator.planning.ownership import ignored_fields, judged, taken_over
from orchestrator.settings import Settings
from orchestrator.wiring.workspaces import workspaces


def drift_file(region: str, settings: Settings) -> DriftFile:
    return DriftFile(settings.region_folder(region) / "drift.json")


def repairs(region: Region, settings: Settings) -> Repairs:
    """How drift of a region with the embedded engine is put back."""
    return Repairs(
        looking=workspaces(region, settings, partial_engine(taken_over, by_lists=True), reading=True),
        acting=workspaces(region, settings, partial_engine(taken_over, by_lists=False), reading=False),
        comparison=drift_world(region, settings).comparison,
        is_ours=_is_ours,
        parallel=settings.resources_at_once,
    )


def _is_ours(found: FoundObject) -> bool:
    drifted = judged(found)
    return drifted is not None and drifted.owner is Owner.OURS


def drift_world(region: Region, settings: Settings) -> DriftWorld:
    """For whichever engine the Region names: the state is the same, and the embedded engine reads it."""
    looking = workspaces(region, settings, embedded_engine(), reading=True)
    return DriftWorld(
        comparison=FleetComparison(looking, ignored_fields, at_once=settings.stacks_at_once),
        records=drift_file(region.name, settings),
        clock=SystemClock(),
    )
