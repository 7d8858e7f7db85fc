"""What a reviewer should know of waivers: which count, which suspend something, and who may not approve one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from orchestrator.flow.judge import PositionOf, suspends
from orchestrator.model.audit import RULE_PREFIX
from orchestrator.model.finding import Finding, ObjectRef, Path, Severity
from orchestrator.model.specs import Specs, Waiver
from orchestrator.model.tenant import Tenant
from orchestrator.model.waiver_standing import Standing, WaiverStanding
from orchestrator.spec import codes


def told(
    specs: Specs, judged: Sequence[Finding], today: dt.date, later: Collection[str], position_of: PositionOf
) -> Iterator[Finding]:
    """Waivers that count no more, that nothing needs, that the member gave itself.

    `judged`: findings of rules; `later`: codes of rules of which only a plan shows whether they hold.
    """
    for waiver in specs.waivers.values():
        for name, severity, key, message, hint in (
            *_self_approved(specs, waiver),
            *_useless(waiver, standing_of(waiver, judged, today, later).standing),
        ):
            path: Path = ("spec", key)
            ref = ObjectRef(kind="Waiver", name=waiver.name)
            place = position_of(ref, path)
            yield codes.finding(name, place, message, hint=hint, path=path, object_=ref, severity=severity)


def standing_of(waiver: Waiver, judged: Sequence[Finding], today: dt.date, later: Collection[str]) -> WaiverStanding:
    """How a waiver stands on that day."""
    number = sum(1 for finding in judged if suspends(waiver, finding))
    if waiver.expires < today:
        standing = Standing.EXPIRED
    elif waiver.rule.startswith(RULE_PREFIX):
        standing = Standing.AUDIT
    elif waiver.rule in later:
        standing = Standing.PLAN
    else:
        standing = Standing.SUSPENDS if number else Standing.IDLE
    return WaiverStanding(
        waiver=waiver,
        standing=standing,
        suspended=number if standing is Standing.SUSPENDS else 0,
        days_left=(waiver.expires - today).days,
        age_days=(today - waiver.granted).days if waiver.granted else None,
    )


def by_age(standings: Sequence[WaiverStanding]) -> tuple[WaiverStanding, ...]:
    """The oldest first; before them those of which nobody wrote when they were granted."""
    return tuple(
        sorted(standings, key=lambda one: (one.waiver.granted or dt.date.min, one.waiver.expires, one.waiver.name))
    )


Told = tuple[str, Severity, str, str, str]
"""Name in the table of codes, severity, key, message, hint."""


def _useless(waiver: Waiver, standing: Standing) -> Iterator[Told]:
    if standing is Standing.EXPIRED:
        message = f"waiver '{waiver.name}' of {waiver.rule} ended on {waiver.expires}"
        yield "waiver-expired", Severity.WARNING, "expires", message, "renew it by review, or remove the file"
    elif standing is Standing.IDLE:
        message = f"waiver '{waiver.name}' suspends nothing: {waiver.rule} holds for its object"
        yield "waiver-idle", Severity.NOTE, "rule", message, "remove the file"


def _self_approved(specs: Specs, waiver: Waiver) -> Iterator[Told]:
    tenant = _tenant_of(specs, waiver)
    if tenant is None:
        return
    approver = _words(waiver.approved_by).replace(_words(specs.region.operator.name), " ")
    names = (tenant.name, tenant.display_name, tenant.member.name)
    addresses = (tenant.contacts.technical, tenant.contacts.dpo, tenant.contacts.rssi)
    if any(_words(name) in approver for name in (*names, *filter(None, addresses))):
        message = f"waiver '{waiver.name}' is approved by '{waiver.approved_by}', the member that it is for"
        yield "waiver-approver", Severity.ERROR, "approvedBy", message, "let someone of the operator answer for it"


def _tenant_of(specs: Specs, waiver: Waiver) -> Tenant | None:
    """The tenant for whose sake a rule is suspended: itself, or the owner of a host that it lends."""
    name = waiver.object_name
    if waiver.object_kind == "Host" and name in specs.hosts:
        name = specs.hosts[name].owner
    elif waiver.object_kind != "Tenant":
        return None
    return specs.tenants.get(name)


def _words(text: str) -> str:
    """Its words in small letters, with a space around each, so that whole words are found in it."""
    plain = "".join(char if char.isalnum() else " " for char in text.casefold())
    return f" {' '.join(plain.split())} "
