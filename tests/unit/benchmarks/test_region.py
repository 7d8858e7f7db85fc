"""The made-up region is right where it must be, and broken exactly where it says."""

from __future__ import annotations

import datetime as dt
import json
from importlib.metadata import version
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from measurement.errors import BenchmarkError
from region.applied import extrapolated
from region.broken_places import MISTAKES, broken
from region.ledger import entries
from region.replacing import replaced, replaced_once, replaced_pattern
from region.single_schema import write_single_schema
from region.tenant_file import tenant_text
from region.write import write_region

from orchestrator.flow.validate import validate
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.plan import Versions
from orchestrator.planning.decide import Facts, decide
from policies import RULES

TODAY = dt.date(2026, 1, 2)
VERSIONS = Versions(program="p", engine="embedded", engine_version="1", provider=version("pulumi_openstack"))


def test_unbroken_region_has_no_findings(tmp_path: Path) -> None:
    """Capacity and policy included: the demo's hosts are enlarged enough."""
    region = write_region(tmp_path / "region", tenants=5)
    assert validate(region.folder, RULES, TODAY).findings == ()
    assert (len(region.tenants), region.broken) == (5, frozenset())


def test_every_mistake_is_found_at_its_place(tmp_path: Path) -> None:
    """The product names the ten places that the generator names, and no other."""
    region = write_region(tmp_path / "region", tenants=30, broken_files=len(MISTAKES))
    found = validate(region.folder, RULES, TODAY).findings
    places = [(one.position.file, one.position.line, one.position.column) for one in found]
    assert sorted(places) == sorted(region.broken)
    assert len(places) == len(MISTAKES)


def test_peers_schema_sees_every_mistake(tmp_path: Path) -> None:
    """Nobody is asked for more than JSON Schema offers; unbroken files pass it."""
    write_single_schema(tmp_path / "schema.json")
    schema = jsonschema_rs.validator_for(json.loads((tmp_path / "schema.json").read_text("utf-8")))
    texts = [broken(tenant_text(1), number)[0] for number in range(len(MISTAKES))]
    assert [schema.is_valid(_document(text)) for text in texts] == [False] * len(MISTAKES)
    assert schema.is_valid(_document(tenant_text(1)))


def _document(text: str) -> object:
    """YAML without dates, as peers read it."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_ledger_says_that_all_was_applied(tmp_path: Path) -> None:
    """With its digests, planning takes no step."""
    specs = validate(write_region(tmp_path / "region", tenants=3).folder, RULES, TODAY).specs
    assert specs is not None
    ledger = {entry.step: entry for entry in entries(specs, VERSIONS)}
    facts = Facts(
        specs=specs,
        ledger=ledger,
        stacks=frozenset(),
        ids=KnownIds.of(ledger["region"].outputs),
        versions=VERSIONS,
        today=TODAY,
    )
    decisions = decide(facts)
    assert (decisions.taken, len(decisions.untaken)) == ((), 4)


def test_sample_is_extrapolated_without_what_all_share() -> None:
    """The start of the process counts once, not once a tenant; noise makes no negative time."""
    assert extrapolated(5.0, 1.0, sample=4, tenants=1000) == 1001.0
    assert extrapolated(0.9, 1.0, sample=4, tenants=1000) == 1.0


def test_changed_demo_is_noticed() -> None:
    """A replacement that finds nothing, or more than it should, ends the benchmark."""
    with pytest.raises(BenchmarkError):
        replaced("a", "b", "c")
    with pytest.raises(BenchmarkError):
        replaced_once("bb", "b", "c")
    with pytest.raises(BenchmarkError):
        replaced_pattern("a", r"\d", "c")
    assert (replaced("bb", "b", "c"), replaced_pattern("a1", r"\d", "2")) == ("cc", "a2")
