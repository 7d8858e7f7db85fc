"""How each rule stands on a host: what the scanner said, with the product's reasons and the operator's waivers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase

from orchestrator.model.audit import (
    RULE_PREFIX,
    AuditedHost,
    AuditedRule,
    Guide,
    HostMeasure,
    KnownRule,
    Reason,
    Result,
    Standing,
    Where,
)
from orchestrator.model.host_result import HostStatus
from orchestrator.model.site import HardeningLevel, Host, HostRole
from orchestrator.model.specs import Specs, Waiver

LEVELS = tuple(HardeningLevel)
_DUTIES = {HostRole.COMPUTE: Where.CARRIES_SERVERS, HostRole.CONTROL: Where.ANSWERS_APIS}
_SILENT = frozenset({Result.UNKNOWN, Result.MISSING})
"""No answer at all: no reason of ours accepts it."""


def circumstances(specs: Specs) -> frozenset[Where]:
    """What the specs tell of every host that reasons depend on."""
    controls = [host for host in specs.hosts.values() if HostRole.CONTROL in host.roles]
    installation = specs.region.installation
    found = {Where.EVERYWHERE}
    if len(controls) > 1:
        found.add(Where.ADDRESS_MOVES)
    if installation and installation.ssh.user == "root":
        found.add(Where.ROOT_INSTALLS)
    return frozenset(found)


def audited_host(
    host: Host, measure: HostMeasure, guide: Guide, waivers: Sequence[Waiver], around: Collection[Where], at: str
) -> AuditedHost:
    """`waivers`: those in force; `around`: the region's circumstances; `at`: when it was measured (RFC 3339).

    A rule that the level asks for and of which nothing was said is a finding, and so is one that was left out as not
    applicable without a reason of ours: silence is no pass.
    """
    here = frozenset(around) | ({Where.CONTAINER} if measure.container else set())
    here |= {where for role, where in _DUTIES.items() if role in host.roles}
    done = measure.status is HostStatus.DONE
    asked = {name for name, rule in guide.rules.items() if LEVELS.index(rule.level) <= LEVELS.index(host.hardening)}
    names = sorted(asked | measure.results.keys()) if done else ()
    own = {one.rule: one for one in waivers if (one.object_kind, one.object_name) == ("Host", host.name)}
    return AuditedHost(
        host=host.name,
        level=host.hardening,
        status=measure.status,
        measured_at=at,
        container=measure.container,
        content=measure.content,
        rules=tuple(_rule(name, measure, guide, own.get(f"{RULE_PREFIX}{name}"), here) for name in names),
        failure=measure.failure,
    )


def _rule(name: str, measure: HostMeasure, guide: Guide, waiver: Waiver | None, here: frozenset[Where]) -> AuditedRule:
    result = measure.results.get(name, Result.MISSING)
    known = guide.rules.get(name) or KnownRule(
        name=name, level=HardeningLevel.MINIMAL, severity="unknown", recommendations=(), title=name
    )
    standing, why, until = _standing(name, result, guide, waiver, here)
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


def _standing(
    name: str, result: Result, guide: Guide, waiver: Waiver | None, here: frozenset[Where]
) -> tuple[Standing, str, str]:
    if result is Result.PASS:
        return Standing.PASS, "", ""
    if reason := _reason(name, result, guide.reasons, here):
        return (Standing.INAPPLICABLE if reason.inapplicable else Standing.ACCEPTED), reason.why, ""
    if waiver:
        return Standing.WAIVED, waiver.reason, waiver.expires.isoformat()
    return Standing.FINDING, "", ""


def _reason(name: str, result: Result, reasons: Sequence[Reason], here: frozenset[Where]) -> Reason | None:
    """The first that fits. One that says why a rule concerns nothing counts for that answer alone."""
    if result in _SILENT:
        return None
    for reason in reasons:
        fits = reason.where in here and reason.inapplicable == (result is Result.NOT_APPLICABLE)
        if fits and any(fnmatchcase(name, pattern) for pattern in reason.rules):
            return reason
    return None
