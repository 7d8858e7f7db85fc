"""Where a run came from, as reports tell it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from orchestrator.model.provenance import Approval, Provenance

SHORT: Final = 12


def provenance_lines(provenance: Provenance) -> Iterator[str]:
    """Whose change it was and who approved it; what ran it. Nothing of what nobody knows."""
    if reviewed := reviewed_line(provenance):
        yield f"Reviewed: {reviewed}"
    parts = (
        ("plan file ", provenance.reviewed[:SHORT]),
        ("commit ", provenance.commit[:SHORT]),
        ("pipeline ", provenance.pipeline),
        ("started by ", provenance.started_by),
        ("run by ", provenance.runner),
    )
    if told := ", ".join(f"{word}{value}" for word, value in parts if value):
        yield f"From: {told}"


def reviewed_line(provenance: Provenance) -> str:
    """`merge request 12 (URL) by bob, approved by alice (rssi)`; empty: nothing is known of it."""
    approved = ", ".join(map(_approval, provenance.approvals))
    request = f"merge request {provenance.request}" if provenance.request else ""
    parts = (
        f"{request} ({provenance.request_url})" if request and provenance.request_url else request,
        f"by {provenance.author}" if provenance.author else "",
    )
    whose = " ".join(filter(None, parts))
    return ", ".join(filter(None, (whose, f"approved by {approved}" if approved else "")))


def provenance_as_data(provenance: Provenance) -> dict[str, Any]:
    """camelCase, as in specs; empty is unknown."""
    return {
        "planFile": provenance.reviewed,
        "runner": provenance.runner,
        "forge": provenance.forge,
        "pipeline": provenance.pipeline,
        "startedBy": provenance.started_by,
        "commit": provenance.commit,
        "request": provenance.request,
        "requestUrl": provenance.request_url,
        "author": provenance.author,
        "approvals": [{"person": one.person, "roles": list(one.roles)} for one in provenance.approvals],
    }


def _approval(approval: Approval) -> str:
    return f"{approval.person} ({', '.join(approval.roles)})" if approval.roles else approval.person
