"""Commands around specs: examples to begin with, schemas for editors, explanations, upgrades."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema_rs
import pytest
from command_line import Mutualis

from orchestrator.spec import schemas
from orchestrator.spec.formats import FORMATS

EXAMPLES = Path(__file__).parents[2] / "examples"
DEMO = Path(__file__).parents[3] / "inventory" / "demo"
NEW_REGION = (
    ("region", "loire"),
    ("site", "nord"),
    ("catalogue", "loire-2026"),
    ("host", "nord-1"),
    ("host", "nord-2"),
    ("tenant", "arcy"),
    ("tenant", "lacs"),
    ("waiver", "arcy-ssh"),
)


def test_examples_of_all_kinds_are_a_region(mutualis: Mutualis, tmp_path: Path) -> None:
    """Whatever they are called; two hosts and two tenants do not collide; an idle waiver is only noted."""
    for kind, name in NEW_REGION:
        assert mutualis("init", kind, name, "--folder", tmp_path).code == 0
    told = mutualis("validate", tmp_path, "--format", "json")
    assert told.code == 0, told.out
    found = json.loads(told.out)["findings"]
    assert {finding["code"] for finding in found if finding["severity"] == "error"} == set()


def test_examples_say_what_is_what(mutualis: Mutualis, tmp_path: Path) -> None:
    """Each has comments, and its first line leads an editor to a schema that is there."""
    for kind, name in NEW_REGION:
        mutualis("init", kind, name, "--folder", tmp_path)
    for file in tmp_path.rglob("*.yaml"):
        first, *others = file.read_text("utf-8").splitlines()
        schema = file.parent / first.removeprefix("# yaml-language-server: $schema=")
        kind = next(line for line in others if line.startswith("kind: ")).removeprefix("kind: ")
        assert json.loads(schema.read_text("utf-8"))["title"] == kind
        assert sum("#" in line for line in others) >= 2
        assert "@" not in file.read_text("utf-8").replace("@member.example", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("tenant", "arcy"), "there is a Tenant 'arcy' already"),
        (("region", "other"), "there is a Region 'demo' already"),
        (("site", "North Site"), "'North Site' is no name"),
    ],
)
def test_nothing_is_overwritten(mutualis: Mutualis, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    """A name, or a kind of which a region has one, that is taken; and a name that cannot be one."""
    shutil.copytree(DEMO, tmp_path / "demo")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    told = mutualis("init", *arguments, "--folder", tmp_path / "demo")
    assert (told.code, words in told.err) == (2, True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_file_in_the_way_stays(mutualis: Mutualis, tmp_path: Path) -> None:
    """Also one that is no document."""
    (tmp_path / "region.yaml").write_text("mine")
    assert mutualis("init", "region", "loire", "--folder", tmp_path).code == 2
    assert (tmp_path / "region.yaml").read_text() == "mine"


def test_a_published_schema_stands_alone_and_judges_the_same(mutualis: Mutualis, tmp_path: Path) -> None:
    """No reference leads out of it; it takes what the product takes and refuses what it refuses."""
    told = mutualis("schema", "--folder", tmp_path / "new" / "schemas")
    assert len(told.out.split()) == len(schemas.KINDS)
    for kind in schemas.KINDS:
        text = (tmp_path / "new" / "schemas" / f"{kind.lower()}.json").read_text("utf-8")
        schema = json.loads(text)
        assert "definitions.json" not in text
        assert json.loads(mutualis("schema", kind.lower()).out) == schema
        alone = jsonschema_rs.Draft202012Validator(schema, formats=dict(FORMATS), validate_formats=True, offline=True)
        (example,) = schema["examples"]
        assert alone.is_valid(example)
        assert not alone.is_valid({**example, "spec": {}})
    assert set(json.loads(mutualis("schema").out)) == set(schemas.KINDS)


def test_a_field_is_explained(mutualis: Mutualis) -> None:
    """Meaning, form, unit, default, example, use."""
    assert (
        mutualis("explain", "tenant.spec.guarantee.memoryGiB").out
        == """\
tenant.spec.guarantee.memoryGiB: number, at least 0, at most 1 000 000, in steps of 0.0625 (optional)
  Memory in GiB.

  unit     GiB (1 GiB = 1024 MiB)
  default  0
  example  4
  used by  capacity: what must always fit; policy: within the quota
"""
    )


def test_a_group_of_fields_is_explained_by_its_fields(mutualis: Mutualis) -> None:
    """`spec` may be left out, and lists may be written as such or not."""
    page = mutualis("explain", "tenant.spec.access.ageKeys").out
    assert "fields of an item (* required)\n  * name       Its name.\n  * publicKey  The key.\n" in page
    assert mutualis("explain", "Tenant.access.ageKeys[]").out == page
    assert mutualis("explain", "tenant.access.agekeys[0]").out == page


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("tenant.spec.qota", "did you mean 'quota'?"),
        ("tennant", "did you mean 'tenant'?"),
        ("tenant.flavor", "did you mean tenant.spec.servers[].flavor or tenant.spec.desktopPools[].flavor?"),
    ],
)
def test_a_path_that_leads_nowhere_is_told_with_a_near_one(mutualis: Mutualis, path: str, hint: str) -> None:
    """A word mistyped, or a field that stands elsewhere."""
    told = mutualis("explain", path)
    assert (told.code, hint in told.err) == (2, True)


def test_without_a_field_the_kinds_are_explained(mutualis: Mutualis) -> None:
    """So that a beginner finds the first word."""
    page = mutualis("explain").out
    assert all(f"\n  {kind.lower()}" in page for kind in schemas.KINDS)


def test_an_upgrade_is_shown_first_and_written_when_asked(mutualis: Mutualis, tmp_path: Path) -> None:
    """The diff names the lines; a second run finds nothing to do; what was refused is accepted."""
    region = tmp_path / "region"
    shutil.copytree(EXAMPLES / "base", region)
    file = region / "region.yaml"
    old = file.read_text("utf-8").replace("mutualis/v1", "mutualis/v1alpha1").replace("allowedCountries", "countries")
    file.write_text(old, encoding="utf-8")
    assert "SPEC027" in mutualis("validate", region).out
    shown = mutualis("upgrade", region)
    assert "-  residency: {countries: [FR]}\n+  residency: {allowedCountries: [FR]}\n" in shown.out
    assert file.read_text("utf-8") == old
    assert mutualis("upgrade", region, "--write").code == 0
    assert file.read_text("utf-8") == (EXAMPLES / "base" / "region.yaml").read_text("utf-8")
    assert mutualis("upgrade", region, "--write").out == "all documents are of the present version\n"
    assert "SPEC" not in mutualis("validate", region).out
