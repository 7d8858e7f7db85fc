"""A member's sheet says what the specs say, once and readably."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from region_examples import EXAMPLES, laid_out

from orchestrator.model.known_ids import KnownIds
from orchestrator.model.specs import Specs
from orchestrator.reporting.member_sheet import member_sheet
from orchestrator.spec.region import load_region

DAY = dt.date(2026, 6, 1)


@pytest.fixture
def specs(tmp_path: Path) -> Specs:
    """A region that writes every field."""
    found = load_region(laid_out(EXAMPLES / "valid" / "whole-format", tmp_path / "region"), rules=("POL033",)).specs
    assert found is not None
    return found


def sheet(specs: Specs, name: str = "member") -> str:
    return member_sheet(specs, specs.tenants[name], DAY)


def part(text: str, title: str) -> list[str]:
    """The lines of one section, without blank ones."""
    _, _, rest = text.partition(f"## {title}\n")
    return [line for line in rest.partition("\n## ")[0].splitlines() if line]


def test_governance_is_told(specs: Specs) -> None:
    """Agreement, contacts, the register's entry, the certificates of the site."""
    text = sheet(specs)
    assert "- to: 2030-12-31" in part(text, "Agreement")
    assert "- data protection officer: dpo@member.example" in part(text, "Contacts")
    assert {"- register entry: R1", "- whose data: Families", "- kept for: 240 months"} <= set(part(text, "Data"))
    assert "  - HDS HDS-42 until 2027-06-30, aggregates general" in part(text, "Where it stands")


def test_the_quota_is_told_in_full(specs: Specs) -> None:
    """What nobody gives is 0, and is said."""
    quota = part(sheet(specs), "Quota")
    assert {"| vcpus | 8 |", "| memory | 8 GiB |", "| routers | 0 |", "| storageGiB ssd | 20 |"} <= set(quota)


def test_share_and_burst_stand_side_by_side(specs: Specs) -> None:
    """With the loss that the share outlives."""
    shares = part(sheet(specs), "Guaranteed share and burst")
    assert {"| virtual cores | 1 | 2 |", "| memory | 1 GiB | 2 GiB |"} <= set(shares)
    assert shares[-1] == "The guaranteed share outlives the loss of any one rack."


def test_what_runs_is_told_with_the_servers_of_pools(specs: Specs) -> None:
    """Each server with its size, image and network; storage, containers, backups, keys."""
    text = sheet(specs)
    assert [line.split(" | ")[0] for line in part(text, "Servers")[2:]] == ["| desk-01", "| desk-02"]
    assert "| scans | member | objects objects on hdd, with versions | 10 |  |" in part(text, "Storage")
    assert part(text, "Backups")[2].startswith("| daily | everything | 24 h | 30 days | site south, off site | yes |")
    assert any(line.startswith("- age key officer: age1") for line in part(text, "Access"))
    assert "| front | 10.0.0.0/24 | outbound | other by C-17 |" in part(text, "Networks")


def test_the_price_is_the_sum_of_its_lines(specs: Specs) -> None:
    """Two servers of one core and 1 GiB, 5 GiB on ssd, 10 GiB of objects, 15 and 10 GiB under backup."""
    price = part(sheet(specs), "Price for a year")
    assert "| vcpus | 2 | 60.00 | 120.00 |" in price
    assert "| sum |  |  | 204.00 |" in price
    assert price[-1] == "Budget: 12000.00 EUR."


def test_without_a_tariff_no_price_is_invented(specs: Specs) -> None:
    """The sheet says that there is none."""
    bare = replace(specs, catalogue=replace(specs.catalogue, tariffs=()))
    assert part(sheet(bare), "Price")[0] == "The catalogue has no tariff for this day."


def test_a_member_that_asked_for_nothing_has_no_empty_sections(specs: Specs) -> None:
    """Only what is there is told."""
    text = sheet(specs, "other")
    assert "## Servers" not in text
    assert "## Backups" not in text
    assert part(text, "Networks") == ["- uses network front of member, by agreement C-17; called front-of-member here"]


def test_both_sides_read_of_a_shared_container(specs: Specs) -> None:
    """What the other may do; and who uses it where it is, once it is there."""
    assert part(sheet(specs), "Storage")[-1] == "- container scans is shared with other (write), by agreement C-18"
    used = "- uses container scans of member (write) from project canteen, by agreement C-18"
    assert part(sheet(specs, "other"), "Storage") == [used]
    ids = KnownIds(projects={"member": {"main": "4f1d"}})
    text = member_sheet(specs, specs.tenants["other"], DAY, ids=ids)
    assert part(text, "Storage") == [f"{used}, at `<object store>/v1/AUTH_4f1d/scans`"]


def test_text_of_a_spec_is_no_markup(specs: Specs) -> None:
    """Neither a table nor a link nor a line of its own."""
    named = replace(specs.tenants["member"], display_name="A | [b](c)\n# D")
    text = member_sheet(specs, named, DAY)
    assert text.splitlines()[0] == r"# A \| \[b\](c) \# D"
