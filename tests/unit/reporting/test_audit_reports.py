"""An audit as text, JSON and page: findings first, reasons and waivers told apart, no text of a host is markup."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema_rs
from audit_cases import FAILED, GOOD, GUIDE, LEFT_OUT

from orchestrator.model.audit import AuditedHost, AuditedRule, AuditReport, Result, Standing
from orchestrator.model.host_result import HostStatus
from orchestrator.model.outcome import Failure
from orchestrator.model.site import HardeningLevel
from orchestrator.reporting.audit_json import audit_schema, audit_to_json
from orchestrator.reporting.audit_page import audit_to_html
from orchestrator.reporting.audit_text import audit_to_text, share

VALIDATOR = jsonschema_rs.validator_for(json.loads(audit_schema()))
AT = "2026-03-02T09:00:00+00:00"


def rule(name: str, result: Result, standing: Standing, why: str = "", until: str = "") -> AuditedRule:
    known = GUIDE.rules[name]
    return AuditedRule(
        rule=name,
        title=known.title,
        severity=known.severity,
        recommendations=known.recommendations,
        result=result,
        standing=standing,
        why=why,
        until=until,
    )


MEASURED = AuditedHost(
    host="nord-1",
    level=HardeningLevel.INTERMEDIARY,
    status=HostStatus.DONE,
    measured_at=AT,
    container=True,
    content="0.1.76-1",
    rules=(
        rule("grub_mce", LEFT_OUT, Standing.INAPPLICABLE, "there is no boot loader"),
        rule("partition_home", FAILED, Standing.WAIVED, "the disk is changed in May", "2026-05-31"),
        rule("quality", FAILED, Standing.FINDING),
        rule("sysctl_kernel", FAILED, Standing.ACCEPTED, "the kernel is its host's"),
        rule("telnet", GOOD["telnet"], Standing.PASS),
    ),
)
AWAY = replace(
    MEASURED,
    host="nord-2",
    status=HostStatus.UNREACHABLE,
    rules=(),
    failure=Failure(resource="audit", cause="no <route>\x1b[31m", hint="see that it is up", temporary=True),
)
REPORT = AuditReport(region="loire", started_at=AT, seconds=12.345678, hosts=(MEASURED, AWAY))


def test_text_has_a_line_for_each_host_and_its_findings() -> None:
    """What is accepted or waived is counted, and shown on request."""
    text = audit_to_text(REPORT)
    assert ["nord-1", "intermediary", "1", "1", "1", "1", "25.0", "%"] in [line.split() for line in text.splitlines()]
    assert "nord-1: finding quality (R12): About quality [fail, medium]" in text
    assert "nord-2: no <route>" in text
    assert "\x1b" not in text
    assert "partition_home" not in text
    assert text.endswith("2 hosts, 1 findings, 1 not measured\n")
    whole = audit_to_text(REPORT, everything=True)
    assert "waived until 2026-05-31 partition_home (R12)" in whole
    assert "accepted sysctl_kernel" in whole
    assert "  -> the kernel is its host's" in whole
    assert "telnet" not in whole


def test_json_is_of_its_schema() -> None:
    """Every rule stands in it, and a host that was not measured says why."""
    data = json.loads(audit_to_json(REPORT))
    assert [f"{one.instance_path}: {one.message}" for one in VALIDATOR.iter_errors(data)] == []
    assert data["complete"] is False
    assert data["hosts"][0]["counts"] == {"pass": 1, "finding": 1, "accepted": 1, "waived": 1, "inapplicable": 1}
    assert data["hosts"][0]["rules"][1]["waivedUntil"] == "2026-05-31"
    assert data["hosts"][1]["failure"]["temporary"] is True
    assert data["hosts"][1]["score"] is None


def test_page_stands_alone() -> None:
    """One file without a script that asks nobody for anything; findings are open, what passes is folded."""
    page = audit_to_html(REPORT)
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert '<details class="finding" open="">' in page
    assert '<details class="pass">' in page
    assert "no &lt;route&gt;" in page


def test_shares_are_rounded_down() -> None:
    """What is not all is never 100 %."""
    assert (share(None), share(1.0), share(0.99999)) == ("-", "100.0 %", "99.9 %")
