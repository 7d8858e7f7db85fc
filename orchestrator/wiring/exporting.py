"""The exporter on top of the cloud's inventory, and what its commands may say of it without its adapter's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from orchestrator.adapters.exporter_prometheus.collection import Sources
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.adapters.exporter_prometheus.page import RegionPage, render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.adapters.exporter_prometheus.textfile import Textfiles
from orchestrator.adapters.exporter_prometheus.turns import Turns
from orchestrator.flow.drift import drift_turn
from orchestrator.model.specs import Specs
from orchestrator.settings import Settings
from orchestrator.wiring.drift import drift_world
from orchestrator.wiring.inventory import cloud_inventory
from orchestrator.wiring.kept_specs import KeptSpecs
from orchestrator.wiring.region_records import region_records
from orchestrator.wiring.stacks import prepare_process

DRIFT_TURNS: Final = 6
"""Looks in which all stacks are seen once. Each costs some twenty lists, whatever the number of stacks."""


def listening(
    host: str, port: int, cadence: float, *, web_config: Path | None, tokens_file: Path | None, lifecycle: bool
) -> Listening:
    return Listening(
        host=host, port=port, cadence=cadence, web_config=web_config, tokens=tokens_file, lifecycle=lifecycle
    )


def textfiles(region: Path | None, members: Path | None) -> Textfiles:
    return Textfiles(region=region, members=members)


def exporter(
    folder: Path,
    specs: Specs,
    settings: Settings,
    listening: Listening,
    rules: Path | None = None,
    textfiles: Textfiles | None = None,
) -> Exporter:
    """Serves the region's capacity; the specs (and `rules`, the operator's own) are read again when they change."""
    sources = Sources(
        inventory=cloud_inventory(specs, settings, again=True),
        specs=KeptSpecs(folder, rules, first=specs).current,
        records=region_records(settings),
    )
    return Exporter(sources, listening, (textfiles or Textfiles()).write)


@contextmanager
def looking_for_drift(specs: Specs, settings: Settings, minutes: int | None) -> Iterator[None]:
    """In the background for the length of the block, so that every stack is seen in these minutes; None: not at all.

    Raises UsageError when there is no passphrase: states cannot be compared without.
    """
    if minutes is None:
        yield
        return
    prepare_process()
    world = drift_world(specs.region, settings)
    with Turns("drift", lambda: drift_turn(specs, world, DRIFT_TURNS), minutes * 60 / DRIFT_TURNS):
        yield


def collected_page(specs: Specs, settings: Settings) -> RegionPage:
    """The page of one collection, now. A part of the cloud that does not answer is said in it."""
    snapshot = cloud_inventory(specs, settings).read()
    return render(reading(specs, snapshot, records=region_records(settings)(specs)))
