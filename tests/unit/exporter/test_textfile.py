"""Files for node_exporter: whole, readable, one member's alone; nothing stale, nothing half."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orchestrator.adapters.exporter_prometheus.collection import Collection, Sources
from orchestrator.adapters.exporter_prometheus.page import RegionPage, render
from orchestrator.adapters.exporter_prometheus.reading import reading
from orchestrator.adapters.exporter_prometheus.textfile import Textfiles
from orchestrator.errors import PermanentFailure
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs


@pytest.fixture
def page(specs: Specs, snapshot: InventorySnapshot) -> Callable[..., RegionPage]:
    """The page of some tenants of the specs."""

    def of(*tenants: str) -> RegionPage:
        some = replace(specs, tenants={name: specs.tenants[name] for name in tenants})
        return render(reading(some, snapshot))

    return of


def test_the_region_s_file_is_its_page(tmp_path: Path, page: Callable[..., RegionPage]) -> None:
    """Mode 0644; nothing else stays in the folder, also when it is written again."""
    made = page("alpha", "beta")
    for _ in range(2):
        Textfiles(region=tmp_path).write(made)
    (file,) = tmp_path.iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == ("mutualis.prom", 0o644)
    assert file.read_bytes() == made.plain


def test_members_have_a_file_each_with_their_own_figures(tmp_path: Path, page: Callable[..., RegionPage]) -> None:
    """Bytes of their page; no region's file beside them."""
    made = page("alpha", "beta")
    Textfiles(members=tmp_path).write(made)
    files = {file.name: file for file in tmp_path.iterdir()}
    assert sorted(files) == ["mutualis_tenant_alpha.prom", "mutualis_tenant_beta.prom"]
    assert all(file.stat().st_mode & 0o777 == 0o644 for file in files.values())
    assert b"beta" not in files["mutualis_tenant_alpha.prom"].read_bytes()
    assert b'tenant="alpha"' in files["mutualis_tenant_alpha.prom"].read_bytes()


def test_a_tenant_that_left_loses_its_file_and_nobody_else_does(
    tmp_path: Path, page: Callable[..., RegionPage]
) -> None:
    """Files of others in the folder are not ours to remove."""
    (tmp_path / "smart.prom").touch()
    Textfiles(members=tmp_path).write(page("alpha", "beta"))
    Textfiles(members=tmp_path).write(page("alpha"))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["mutualis_tenant_alpha.prom", "smart.prom"]


def test_a_failure_leaves_the_last_file_and_nothing_half(
    tmp_path: Path, page: Callable[..., RegionPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said with the folder's name and what to do."""
    made = page("alpha")
    Textfiles(region=tmp_path).write(made)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "mutualis.prom"))

    monkeypatch.setattr("os.fchmod", full)
    with pytest.raises(PermanentFailure, match=r"mutualis.prom: No space left") as caught:
        Textfiles(region=tmp_path).write(made)
    assert caught.value.hint
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == made.plain


def test_each_collection_writes_and_a_failure_to_write_stops_nothing(
    tmp_path: Path, specs: Specs, inventory: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The page is served all the same; the log says what cannot be written."""
    folder = tmp_path / "folder"
    collection = Collection(Sources(inventory=inventory, specs=lambda: specs), 60, Textfiles(region=folder).write)
    with caplog.at_level(logging.ERROR):
        assert not collection.collect()
    assert collection.page is not None
    assert "cannot write" in caplog.text
    assert "Traceback" not in caplog.text
    folder.mkdir()
    assert collection.collect()
    assert (folder / "mutualis.prom").read_bytes() == collection.page.plain
