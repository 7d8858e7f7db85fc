"""The exporter on top of the cloud's inventory, and what its commands may say of it without its adapter's name."""

from __future__ import annotations

from pathlib import Path

from orchestrator.adapters.exporter_prometheus import tokens
from orchestrator.adapters.exporter_prometheus.exporter import Exporter, Listening
from orchestrator.adapters.exporter_prometheus.page import RegionPage, render
from orchestrator.adapters.exporter_prometheus.textfile import Textfiles
from orchestrator.capacity.region import region_capacity
from orchestrator.model.specs import Specs
from orchestrator.settings import Settings
from orchestrator.wiring.inventory import cloud_inventory
from orchestrator.wiring.specs import accepted, validated


def listening(
    host: str, port: int, cadence: float, *, web_config: Path | None, tokens_file: Path | None, lifecycle: bool
) -> Listening:
    return Listening(
        host=host, port=port, cadence=cadence, web_config=web_config, tokens=tokens_file, lifecycle=lifecycle
    )


def textfiles(region: Path | None, members: Path | None) -> Textfiles:
    return Textfiles(region=region, members=members)


def new_token(file: Path, tenant: str) -> str:
    """See tokens.add_token."""
    return tokens.add_token(file, tenant)


def withdraw_tokens(file: Path, tenant: str) -> int:
    """See tokens.remove_tokens."""
    return tokens.remove_tokens(file, tenant)


def exporter(
    folder: Path,
    specs: Specs,
    settings: Settings,
    listening: Listening,
    rules: Path | None = None,
    textfiles: Textfiles | None = None,
) -> Exporter:
    """Serves the region's capacity; the specs (and `rules`, the operator's own) are read again at each collection."""
    inventory = cloud_inventory(specs, settings, again=True)
    sink = (textfiles or Textfiles()).write
    return Exporter(inventory, lambda: accepted(validated(folder, rules)), listening, sink)


def collected_page(specs: Specs, settings: Settings) -> RegionPage:
    """The page of one collection, now. A part of the cloud that does not answer is said in it."""
    snapshot = cloud_inventory(specs, settings).read()
    return render(region_capacity(specs, snapshot), snapshot, specs.waivers, specs_up=True)
