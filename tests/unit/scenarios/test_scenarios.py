"""inventory/scenarios is what docs/scenarios.md promises: accepted as it stands, refused where it promises too much."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from over_promises import OVER_PROMISES
from plan_steps import change, step
from scenario_regions import NAMES, SCENARIOS, changed, copied, one_more_host, shape_of_all

from orchestrator.flow.validate import Validation, validate
from orchestrator.model.approvals import NeededApproval
from orchestrator.model.finding import Severity
from orchestrator.model.plan import Operation, StepAction
from orchestrator.planning.approvals import governed, needed
from orchestrator.wiring.lab import shape_of
from policies import RULES

TODAY = dt.date(2026, 6, 1)
LATER = dt.date(2033, 1, 1)
TOLD = {
    "governance": ["POL004"],  # waived
    "moved-abroad": ["POL028"],  # notice was given
    "sictiam": ["POL032"],  # a quota, used up, costs more than a budget
}
"""What a scenario shows on purpose; nothing else is found."""


def judged(region: Path, today: dt.date = TODAY) -> Validation:
    return validate(region, RULES, today)


def refusals(region: Path) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in judged(region).findings if finding.refuses]


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_is_accepted_today_and_years_later(name: str) -> None:
    """Nothing is found but what it shows on purpose (hosts age, which is noted)."""
    for today in (TODAY, LATER):
        validation = judged(SCENARIOS / name, today)
        assert validation.specs is not None
        told = [finding.code for finding in validation.findings if finding.severity is not Severity.NOTE]
        assert told == TOLD.get(name, [])


@pytest.mark.parametrize("name", NAMES)
def test_a_change_that_promises_too_much_is_refused_with_the_number_missing(name: str, tmp_path: Path) -> None:
    """The one refusal says how much, and where."""
    over = OVER_PROMISES[name]
    region = copied(name, tmp_path)
    changed(region, over.changes)
    found = refusals(region)
    assert [code for code, _ in found] == [over.code]
    assert over.missing in found[0][1]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_change_with_one_more_host_is_accepted(name: str, tmp_path: Path) -> None:
    """What was missing is there."""
    over = OVER_PROMISES[name]
    region = copied(name, tmp_path)
    changed(region, over.changes)
    one_more_host(region, over.host)
    changed(region, over.shelf)
    assert refusals(region) == []


SITE, CATALOGUE = "sites/maison.yaml", "catalogue.yaml"
ABROAD = {"country": "GB"}
VAULT = {"backupTiers.0.target.country": "GB"}


def test_a_site_that_moves_abroad_is_refused(tmp_path: Path) -> None:
    """By residency, before anything is placed there."""
    region = copied("moved-abroad", tmp_path)
    changed(region, {SITE: ABROAD})
    ((code, message),) = refusals(region)
    assert code == "POL001"
    assert "GB" in message


def test_backups_that_move_abroad_are_refused(tmp_path: Path) -> None:
    """They are data too."""
    region = copied("moved-abroad", tmp_path)
    changed(region, {CATALOGUE: VAULT})
    assert [code for code, _ in refusals(region)] == ["POL011"]


def test_a_country_is_allowed_by_the_region_alone(tmp_path: Path) -> None:
    """One reviewed line of the operator, which no site and no member can write."""
    region = copied("moved-abroad", tmp_path)
    changed(region, {SITE: ABROAD, CATALOGUE: VAULT, "region.yaml": {"residency.allowedCountries": ["FR", "GB"]}})
    assert refusals(region) == []


TRIES = {
    "catalunya, the wrong zone": (
        "catalunya",
        {"tenants/hospital-del-mar.yaml": {"servers.0.flavor": "nursery"}},
        "POL016",
    ),
    "sictiam, over the budget": ("sictiam", {"tenants/pierrefeu.yaml": {"servers.0.flavor": "medium"}}, "POL031"),
    "grand-lyon, a sub-unit": ("grand-lyon", {"tenants/metropole.yaml": {"projects.0.quota.memoryGiB": 40}}, "POL009"),
    "off-site-backups, one building": (
        "off-site-backups",
        {CATALOGUE: {"backupTiers.1.target": {"site": "siege"}}},
        "POL014",
    ),
    "off-site-backups, no certificate": (
        "off-site-backups",
        {CATALOGUE: {"backupTiers.1.target.certifications": []}},
        "POL013",
    ),
    "off-site-backups, abroad": ("off-site-backups", {CATALOGUE: {"backupTiers.1.target.country": "GB"}}, "POL011"),
    "dijon-lyon, one side alone": ("dijon-lyon", {"tenants/regie-eau.yaml": {"sharedNetworks": []}}, "SPEC051"),
    "dijon-lyon, a container of one side": (
        "dijon-lyon",
        {"tenants/regie-eau.yaml": {"sharedContainers": []}},
        "SPEC051",
    ),
    "dijon-lyon, two agreements": (
        "dijon-lyon",
        {"tenants/regie-eau.yaml": {"sharedNetworks.0.agreement": "C-1"}},
        "SPEC051",
    ),
    "governance, no DPO": (
        "governance",
        {"tenants/valfleury.yaml": {"contacts": {"technical": "si@valfleury.example"}}},
        "POL006",
    ),
    "governance, hardening": ("governance", {"hosts/commune-1.yaml": {"hardening": "minimal"}}, "POL034"),
    "cloudwatt, a server": (
        "cloudwatt",
        {
            "tenants/archives.yaml": {
                "servers": [
                    {"name": "web-1", "flavor": "small", "image": "debian-13", "networks": [{"network": "lan"}]}
                ],
                "networks": [{"name": "lan", "cidr": "10.1.0.0/24"}],
            }
        },
        "SPEC042",
    ),
    "numergy, a volume": (
        "numergy",
        {"tenants/agence.yaml": {"volumes": [{"name": "maps", "tier": "ssd", "sizeGiB": 1}]}},
        "SPEC042",
    ),
}


@pytest.mark.parametrize("case", TRIES)
def test_what_a_scenario_says_is_refused_is_refused(case: str, tmp_path: Path) -> None:
    """The lines under `Try` of its region.yaml."""
    name, changes, code = TRIES[case]
    region = copied(name, tmp_path)
    changed(region, changes)
    assert code in {found for found, _ in refusals(region)}


ASKED = {
    "the waiver's last day": ({"waivers/ccas-ssh.yaml": {"expires": "2034-12-31"}}, [("waivers", ("rssi",))]),
    "the region's own bounds": ({"region.yaml": {"deletion.budget": 500}}, [("policy", ("operator", "rssi"))]),
    "a larger share": ({"tenants/valfleury.yaml": {"guarantee.memoryGiB": 5}}, []),
}


@pytest.mark.parametrize("case", ASKED)
def test_governance_asks_whom_a_change_concerns(case: str, tmp_path: Path) -> None:
    """Held against what was applied before; the first apply asks about everything that was written."""
    changes, asked = ASKED[case]
    was = judged(SCENARIOS / "governance").specs
    region = copied("governance", tmp_path)
    changed(region, changes)
    now = judged(region).specs
    assert was is not None
    assert now is not None
    assert who(needed(was, (), None)) == [("waivers", ("rssi",)), ("policy", ("operator", "rssi"))]
    assert who(needed(now, (), governed(was))) == asked


def test_governance_asks_about_a_member_that_goes() -> None:
    """Whoever answers for the data of persons."""
    specs = judged(SCENARIOS / "governance").specs
    assert specs is not None
    goes = replace(step("tenant/ccas", change(Operation.DELETE, "office")), action=StepAction.RETIRE)
    assert who(needed(specs, (goes,), governed(specs))) == [("deletions", ("dpo",))]


def who(needs: tuple[NeededApproval, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.change.value, one.roles) for one in needs]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_names_its_schema_and_says_what_it_is(name: str) -> None:
    """The first line leads editors to the schema of the document's kind, the second one is for readers."""
    for file in (SCENARIOS / name).rglob("*.yaml"):
        first, second, *others = file.read_text("utf-8").splitlines()
        schema = (file.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
        kind = next(line for line in others if line.startswith("kind: ")).removeprefix("kind: ")
        assert schema.is_file()
        assert schema.stem == kind.lower()
        assert second.startswith("# ")


@pytest.mark.parametrize("name", NAMES)
def test_images_have_the_digests_that_the_catalogue_gives(name: str) -> None:
    """The files in the folder are the ones that were meant."""
    specs = judged(SCENARIOS / name).specs
    assert specs is not None
    for image in specs.catalogue.images.values():
        assert hashlib.sha256((SCENARIOS / name / image.file).read_bytes()).hexdigest() == image.sha256


def test_a_region_without_servers_or_without_volumes_has_a_cloud_too() -> None:
    """Nova and Cinder get a stand-in, which is in no spec and so in no aggregate and behind no tier."""
    storage, machines = (judged(SCENARIOS / name).specs for name in ("cloudwatt", "numergy"))
    assert storage is not None
    assert machines is not None
    assert [one.name for one in shape_of(storage).hypervisors] == ["stand-in"]
    assert [one.name for one in shape_of(storage).volume_backends] == ["hdd", "ssd"]
    assert [one.name for one in shape_of(machines).hypervisors] == ["calcul-1", "calcul-2"]
    assert [one.name for one in shape_of(machines).volume_backends] == ["stand-in"]


def test_one_cloud_suits_all_scenarios(tmp_path: Path) -> None:
    """Sites and hosts of two scenarios never have the same name, so that one shape has them all."""
    specs = judged(shape_of_all(tmp_path / "all")).specs
    assert specs is not None
    assert len(specs.hosts) == sum(len(list((SCENARIOS / name / "hosts").iterdir())) for name in NAMES)
