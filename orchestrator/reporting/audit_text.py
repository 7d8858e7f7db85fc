"""An audit for people: a line for each host, then what does not stand, and what is accepted or waived if asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.audit import AuditedHost, AuditedRule, AuditReport, Standing
from orchestrator.reporting.findings import printable
from orchestrator.reporting.table import table

HEAD: Final = ("HOST", "LEVEL", "PASS", "FINDINGS", "ACCEPTED", "WAIVED", "SCORE")
SHOWN: Final = (Standing.PASS, Standing.FINDING, Standing.ACCEPTED, Standing.WAIVED)


def audit_to_text(report: AuditReport, *, everything: bool = False) -> str:
    """`everything`: also rules that are accepted, waived or concern nothing."""
    rows = [HEAD, *(summary_row(host) for host in report.hosts)]
    parts = [table(rows, right=frozenset(range(2, len(HEAD))))]
    parts += [_details(host, everything=everything) for host in report.hosts]
    return "\n\n".join(part for part in parts if part) + f"\n\n{_sum(report)}\n"


def share(score: float | None) -> str:
    """Rounded down: what is not all is never 100 %."""
    return "-" if score is None else f"{int(score * 1000) / 10:.1f} %"


def summary_row(host: AuditedHost) -> tuple[str, ...]:
    """As `HEAD` names its cells. Of a host that was not measured: how it ended."""
    if host.failure or not host.rules:
        return (host.host, host.level.value, *("-" for _ in SHOWN), host.status.value)
    return (host.host, host.level.value, *(str(host.counts[one]) for one in SHOWN), share(host.score))


def _details(host: AuditedHost, *, everything: bool) -> str:
    lines = [f"{host.host}: {printable(host.failure.cause)}\n  -> {host.failure.hint}"] if host.failure else []
    shown = set(Standing) - {Standing.PASS} if everything else {Standing.FINDING}
    lines += [line for rule in host.rules if rule.standing in shown for line in _lines(host, rule)]
    return "\n".join(lines)


def _lines(host: AuditedHost, rule: AuditedRule) -> Iterator[str]:
    codes = f" ({', '.join(rule.recommendations)})" if rule.recommendations else ""
    until = f" until {rule.until}" if rule.until else ""
    name, title = printable(rule.rule), printable(rule.title)
    yield f"{host.host}: {rule.standing.value}{until} {name}{codes}: {title} [{rule.result.value}, {rule.severity}]"
    if rule.why:
        yield f"  -> {printable(rule.why)}"


def _sum(report: AuditReport) -> str:
    missing = f", {len(report.unmeasured)} not measured" if report.unmeasured else ""
    return f"{len(report.hosts)} hosts, {report.findings} findings{missing}"
