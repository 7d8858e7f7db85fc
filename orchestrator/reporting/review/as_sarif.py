"""Findings as SARIF 2.1.0 (OASIS), which forges show on the lines of a merge request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote

from orchestrator.model.finding import Finding, Severity
from orchestrator.model.review import Review
from orchestrator.model.review_source import Refused
from orchestrator.model.rule_text import RuleText

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
UNREAD: Final = RuleText(
    code="REVIEW001",
    name="entry-not-read",
    summary="A revision holds regular files of bounded size: no link, no submodule, no name that leads elsewhere.",
    hint="take it out of the region's folder",
)
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def review_to_sarif(review: Review, rules: Sequence[RuleText], version: str) -> str:
    """One run. New findings have `baselineState` new, those that stay unchanged, solved ones absent.

    `rules`: every rule that may be named; only those that are, and unknown codes by themselves, are told.
    """
    results = list(_results(review))
    known = {rule.code: rule for rule in (*rules, UNREAD)}
    codes = list(dict.fromkeys(result["ruleId"] for result in results))
    for result in results:
        result["ruleIndex"] = codes.index(result["ruleId"])
    driver = {
        "name": "mutualis",
        "version": version,
        "rules": [_rule(known.get(code) or RuleText(code=code, name=code, summary=code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The top of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"mutualis/{quote(review.region or review.folder)}/"},
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _results(review: Review) -> Iterator[dict[str, Any]]:
    yield from (_unread(one) for one in review.refused)
    compared = bool(review.base)
    for findings, state in ((review.policy.new, "new"), (review.policy.staying, "unchanged")):
        yield from (_result(one, state if compared else "new") for one in findings)
    yield from (_result(one, "absent") for one in review.policy.solved)


def _rule(rule: RuleText) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    if rule.hint:
        told["help"] = {"text": rule.hint}
    if rule.reference:
        told["fullDescription"] = {"text": f"{rule.summary} {rule.reference}"}
    return told


def _result(finding: Finding, state: str) -> dict[str, Any]:
    position = finding.position
    hint = f" {finding.hint}." if finding.hint else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}.{hint}"},
        "locations": [_location(position.file, position.line, position.column)],
        "partialFingerprints": {"mutualisFinding/v1": _fingerprint(finding)},
        "baselineState": state,
    }
    if finding.waived_until:
        justified = f"waived until {finding.waived_until}"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": justified}]
    return result


def _unread(one: Refused) -> dict[str, Any]:
    detail = f" ({one.detail})" if one.detail else ""
    return {
        "ruleId": UNREAD.code,
        "level": "error",
        "message": {"text": f"Refused, and not read: {one.why.value}{detail}."},
        "locations": [_location(one.path, 1, 1)],
        "baselineState": "new",
    }


def _location(file: str, line: int, column: int) -> dict[str, Any]:
    uri = {"uri": quote(file), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": uri, "region": {"startLine": line, "startColumn": column}}}


def _fingerprint(finding: Finding) -> str:
    """The same wherever the lines move to."""
    what = str(finding.object) if finding.object else finding.position.file
    words = (finding.code, what, finding.dotted_path, finding.message)
    return hashlib.sha256("\0".join(words).encode()).hexdigest()
