"""Specs are read again when they may be others, and only then."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from orchestrator.errors import SpecError
from orchestrator.wiring import kept_specs
from orchestrator.wiring.kept_specs import KeptSpecs
from orchestrator.wiring.specs import accepted, validated

DEMO = Path(__file__).parents[3] / "inventory" / "demo"
LONG_AGO = 1_700_000_000


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """The demo, not touched for long."""
    folder = tmp_path / "region"
    shutil.copytree(DEMO, folder)
    _age(folder)
    return folder


def _age(folder: Path) -> None:
    """Change times cannot be set: what was copied just now counts as settled by a clock that is ahead."""
    for path in folder.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


@pytest.fixture
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_specs, "SETTLED_NS", -(10**12))


@pytest.mark.usefixtures("_later")
def test_unchanged_specs_are_kept(region: Path) -> None:
    """The very same object."""
    kept = KeptSpecs(region)
    assert kept.current() is kept.current()


@pytest.mark.usefixtures("_later")
def test_a_changed_file_is_read(region: Path) -> None:
    """Of the same size too."""
    kept = KeptSpecs(region)
    before = kept.current()
    path = region / "tenants" / "pays-des-lacs.yaml"
    path.write_text(path.read_text("utf-8").replace("population: 31000", "population: 31001"), encoding="utf-8")
    after = kept.current()
    assert (before.tenants["pays-des-lacs"].member.population, after.tenants["pays-des-lacs"].member.population) == (
        31000,
        31001,
    )


@pytest.mark.usefixtures("_later")
def test_a_file_that_comes_or_goes_is_noticed(region: Path) -> None:
    """Whatever it is: specs may name it."""
    kept = KeptSpecs(region)
    before = kept.current()
    (region / "note.txt").write_text("new", encoding="utf-8")
    between = kept.current()
    (region / "note.txt").unlink()
    assert before is not between is not kept.current()


@pytest.mark.usefixtures("_later")
def test_what_policy_or_capacity_refuse_is_exported(region: Path) -> None:
    """A promise that cannot be kept is what the figures are for; a reference that leads nowhere is no figure."""
    path = region / "tenants" / "arcy.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("    vcpus: 2\n", "    vcpus: 9999\n", 1), encoding="utf-8")
    with pytest.raises(SpecError):
        accepted(validated(region))
    assert KeptSpecs(region).current().tenants["arcy"].guarantee.vcpus == 9999
    path.write_text(text.replace("  site: nord", "  site: nowhere", 1), encoding="utf-8")
    with pytest.raises(SpecError, match=r"arcy\.yaml:\d+:\d+: .*nowhere"):
        KeptSpecs(region).current()


def test_a_file_changed_just_now_is_not_trusted(region: Path) -> None:
    """It may change again within the same tick of the file system's clock."""
    kept = KeptSpecs(region)
    assert kept.current() is not kept.current()


@pytest.mark.usefixtures("_later")
def test_what_is_wrong_is_said_each_time(region: Path) -> None:
    """And forgotten once it is mended."""
    path = region / "tenants" / "arcy.yaml"
    good = path.read_text("utf-8")
    path.write_text("kind: Nothing\n", encoding="utf-8")
    kept = KeptSpecs(region)
    for _ in range(2):
        with pytest.raises(SpecError):
            kept.current()
    path.write_text(good, encoding="utf-8")
    assert "arcy" in kept.current().tenants


def test_specs_that_were_read_a_moment_ago_are_taken_once(region: Path) -> None:
    """Who starts has just judged them; from the second time on the folder tells."""
    given = KeptSpecs(region).current()
    kept = KeptSpecs(region, first=given)
    path = region / "tenants" / "pays-des-lacs.yaml"
    path.write_text(path.read_text("utf-8").replace("population: 31000", "population: 31001"), encoding="utf-8")
    assert kept.current() is given
    assert kept.current().tenants["pays-des-lacs"].member.population == 31001
