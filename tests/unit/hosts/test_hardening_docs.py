"""docs/hardening.md tells each switch, each rule of the content and each reason, as role and product have them."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestrator.model.audit import Where
from policies.hardening import guide
from policies.hardening.reasons import REASONS

ROOT = Path(__file__).parents[3]
ROLE = ROOT / "roles" / "hardening"
PAGE = (ROOT / "docs" / "hardening.md").read_text("utf-8")
CONTROL = re.compile(r"^\| `(hardening_\w+)` \| (R[\d, R]+) \| (.+?) \| (.+) \|$", re.MULTILINE)
LEVELS = ("intermediary", "enhanced", "high")
WHERE = {
    Where.EVERYWHERE: "everywhere",
    Where.CONTAINER: "containers",
    Where.ROOT_INSTALLS: "root installs",
    Where.ADDRESS_MOVES: "several control hosts",
    Where.CARRIES_SERVERS: "compute hosts",
    Where.ANSWERS_APIS: "control hosts",
}
REASON = re.compile(r"^\| (`.+?`) \| (.+?) \| (.+) \|$", re.MULTILINE)


def read(name: str) -> Any:
    return yaml.safe_load((ROLE / name).read_text("utf-8"))


def switches() -> dict[str, str]:
    """Switch -> the level from which it is on; `never by itself` for those that are off."""
    found = {}
    for name, value in read("defaults/main.yml").items():
        if isinstance(value, bool) and name != "hardening_announced_addresses":
            found[name] = "minimal" if value else "never by itself"
        elif "{{ __hardening_" in str(value):
            found[name] = next(level for level in LEVELS if f"__hardening_{level}" in value)
    return found


def test_each_switch_stands_in_the_table_with_its_level() -> None:
    """And no other; the option says the same recommendation."""
    rows = {name: (codes, level) for name, codes, level, _ in CONTROL.findall(PAGE)}
    assert {name: level.partition(",")[0] for name, (_, level) in rows.items()} == switches()
    options = read("meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    for name, (codes, _) in rows.items():
        assert options[name]["description"].startswith(codes.split(",")[0]), name


@pytest.mark.parametrize("name", guide().rules)
def test_each_rule_of_the_content_has_a_control_or_a_reason(name: str) -> None:
    """Nothing that a level asks for was overlooked."""
    controls, _, _ = PAGE.partition("## Nobody is locked out")
    patterns = [*re.findall(r"`([a-z0-9_*?-]+)`", controls), *(one for reason in REASONS for one in reason.rules)]
    assert any(fnmatchcase(name, pattern) for pattern in patterns)


def test_each_reason_stands_in_the_page() -> None:
    """Word by word, in the order in which they count."""
    _, _, table = PAGE.partition("## What does not pass, and why")
    rows = [row for row in REASON.findall(table) if row[0] != "Rules"]
    expected = [
        (
            " ".join(f"`{rule}`" for rule in reason.rules),
            f"{WHERE[reason.where]}{', left out' if reason.inapplicable else ''}",
            reason.why,
        )
        for reason in REASONS
    ]
    assert rows == expected


@pytest.mark.parametrize("pattern", sorted({rule for reason in REASONS for rule in reason.rules}))
def test_each_reason_is_of_a_rule(pattern: str) -> None:
    """None is left over from another version of the content."""
    assert any(fnmatchcase(name, pattern) for name in guide().rules)
