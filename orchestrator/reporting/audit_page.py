"""An audit as one self-contained page: no script, nothing that is fetched; on paper too."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from orchestrator.model.audit import AuditedHost, AuditedRule, AuditReport, Standing
from orchestrator.reporting.audit_text import HEAD, summary_row
from orchestrator.reporting.html.element import Element, element
from orchestrator.reporting.html.sealed_page import sealed_page

TOLD: Final = {
    Standing.FINDING: "Findings",
    Standing.WAIVED: "Waived",
    Standing.ACCEPTED: "Accepted with a reason",
    Standing.INAPPLICABLE: "Concern nothing here",
    Standing.PASS: "Pass",
}


def audit_to_html(report: AuditReport) -> str:
    """Hosts in the report's order, each with its rules by standing, what is to be done first."""
    title = f"Audit of {report.region}"
    body = element(
        "body",
        element("h1", title),
        element(
            "p",
            f"ANSSI-BP-028 by OpenSCAP, {report.started_at}. The score is the share of rules that pass: "
            "no reason and no waiver raises it.",
        ),
        _summary(report),
        *(_host(one) for one in report.hosts),
    )
    style = (files("orchestrator.reporting") / "audit_page.css").read_text(encoding="utf-8")
    return sealed_page(title, style, body)


def _summary(report: AuditReport) -> Element:
    head = element("tr", *(element("th", word.capitalize(), scope="col") for word in HEAD))
    return element("table", element("thead", head), element("tbody", *(_row(one) for one in report.hosts)))


def _row(host: AuditedHost) -> Element:
    name, *cells = summary_row(host)
    return element("tr", element("th", name, scope="row"), *(element("td", cell) for cell in cells))


def _host(host: AuditedHost) -> Element:
    by_standing = {told: [one for one in host.rules if one.standing is told] for told in TOLD}
    place = "container" if host.container else "machine"
    about = f"{host.level.value}, {place}, content {host.content or 'unknown'}, measured {host.measured_at}"
    failed = [element("p", f"{host.failure.cause}: {host.failure.hint}", class_="finding")] if host.failure else []
    parts = [_rules(told, rules) for told, rules in by_standing.items() if rules]
    return element("section", element("h2", host.host), element("p", about), *failed, *parts)


def _rules(standing: Standing, rules: list[AuditedRule]) -> Element:
    rows = (
        element(
            "tr",
            element("td", element("code", one.rule), element("br"), one.title),
            element("td", ", ".join(one.recommendations)),
            element("td", one.severity),
            element("td", one.result.value),
            element("td", f"{one.why} (until {one.until})" if one.until else one.why),
        )
        for one in rules
    )
    heads = ("Rule", "BP-028", "Severity", "Result", "Reason")
    head = element("tr", *(element("th", word, scope="col") for word in heads))
    told = element("summary", f"{TOLD[standing]}: {len(rules)}")
    table = element("table", element("thead", head), element("tbody", *rows))
    opened = {"open": ""} if standing in {Standing.FINDING, Standing.WAIVED} else {}
    return Element("details", {"class": standing.value, **opened}, (told, table))
