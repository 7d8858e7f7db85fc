"""Writes policies/hardening/rules.json anew from the content that Debian ships, after a new version of ssg-debian.

    python scripts/scap_rules.py VERSION < /usr/share/xml/scap/ssg/content/ssg-debian12-xccdf.xml > rules.json

VERSION is the package's (0.1.76). The input is a file of Debian's archive, read by who develops; never one of a host.
"""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator

XCCDF = "{http://checklists.nist.gov/xccdf/1.2}"
PREFIX = "xccdf_org.ssgproject.content_"
LEVELS = ("minimal", "intermediary", "enhanced", "high")


def selected(benchmark: ET.Element, level: str) -> set[str]:
    profile = benchmark.find(f"{XCCDF}Profile[@id='{PREFIX}profile_anssi_bp28_{level}']")
    if profile is None:
        raise SystemExit(f"the content has no profile of level {level}")
    chosen = (one for one in profile.iter(f"{XCCDF}select") if one.get("selected") == "true")
    return {one.get("idref", "").removeprefix(f"{PREFIX}rule_") for one in chosen}


def rules(benchmark: ET.Element) -> Iterator[tuple[str, dict[str, object]]]:
    levels = {level: selected(benchmark, level) for level in LEVELS}
    for rule in benchmark.iter(f"{XCCDF}Rule"):
        name = rule.get("id", "").removeprefix(f"{PREFIX}rule_")
        level = next((level for level in LEVELS if name in levels[level]), None)
        if level:
            named = {one.text or "" for one in rule.iter(f"{XCCDF}reference")}
            codes = sorted(code for code in named if re.fullmatch(r"R\d+", code))
            title = " ".join(rule.findtext(f"{XCCDF}title", "").split())
            yield (
                name,
                {"level": level, "severity": rule.get("severity"), "recommendations": codes, "title": title},
            )


if __name__ == "__main__":
    found = dict(sorted(rules(ET.parse(sys.stdin).getroot())))  # noqa: S314 a file of Debian's archive
    print(json.dumps({"content": sys.argv[1], "rules": found}, indent=1))
