"""ANSSI-BP-028 as OpenSCAP's content measures it: the rules that are known, and why some cannot be kept."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from orchestrator.model.audit import RULE_PREFIX, Guide, KnownRule
from orchestrator.model.site import HardeningLevel
from policies.hardening.reasons import REASONS


@cache
def guide() -> Guide:
    """What audits judge by. `rules.json` is made by scripts/scap_rules.py."""
    read = json.loads((files("policies.hardening") / "rules.json").read_text(encoding="utf-8"))
    rules = {
        name: KnownRule(
            name=name,
            level=HardeningLevel(one["level"]),
            severity=one["severity"],
            recommendations=tuple(one["recommendations"]),
            title=one["title"],
        )
        for name, one in read["rules"].items()
    }
    return Guide(content=read["content"], rules=rules, reasons=REASONS)


def codes() -> list[str]:
    """How waivers name the rules."""
    return [f"{RULE_PREFIX}{name}" for name in guide().rules]
