"""Answers to "what if" as plain data: amounts in base units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from orchestrator.model.fit import Domain, Judgement, Misfit, Shortfall
from orchestrator.model.what_if import SweepLine, WhatIf

SCHEMA_VERSION: Final = 1


def what_if_to_data(told: WhatIf) -> dict[str, Any]:
    """JSON-able: vcpus, bytes, pieces; prices in the region's currency."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "region": told.region,
        "supply": told.supply.value,
        "changes": list(told.changes),
        "lost": told.lost,
        "fits": told.judged.fits,
        **judgement_to_data(told.judged),
        "down": list(told.down),
        "nextLoss": judgement_to_data(told.next_loss),
        "buy": [
            {"site": one.site, "like": one.like, "count": one.count or None, "price": one.price if one.count else None}
            for one in told.remedies
        ],
    }


def judgement_to_data(judged: Judgement) -> dict[str, Any]:
    """`shortfalls`: sums, of guaranteed shares and quotas; `misfits`: what finds no host."""
    return {
        "shortfalls": [_shortfall(one) for one in judged.shortfalls],
        "misfits": [_misfit(one) for one in judged.misfits],
    }


def sweep_to_data(lines: Sequence[SweepLine]) -> dict[str, Any]:
    return {
        "schemaVersion": SCHEMA_VERSION,
        "losses": [
            {
                **_domain(line.domain),
                "alike": line.like,
                "fits": line.misfit is None,
                "misfit": _misfit(line.misfit) if line.misfit else None,
            }
            for line in lines
        ],
    }


def _shortfall(one: Shortfall) -> dict[str, Any]:
    return {
        "promise": one.promise.value,
        "site": one.site,
        "resource": one.resource.value,
        "tiers": list(one.tiers),
        "wanted": one.wanted,
        "available": one.available,
        "missing": one.missing,
        "tenants": dict(one.tenants),
    }


def _misfit(one: Misfit) -> dict[str, Any]:
    return {
        "site": one.site,
        "loss": _domain(one.loss) if one.loss else None,
        "alsoAfter": one.also,
        "tenants": list(one.tenants),
        "missing": {resource.value: amount for resource, amount in one.missing.items()},
        "hole": {"host": one.hole.host, **{r.value: a for r, a in one.hole.free.items()}} if one.hole else None,
        "unplaced": [
            {
                "tenant": each.tenant,
                "servers": list(each.servers),
                "count": each.count,
                "each": {resource.value: amount for resource, amount in each.each.items()},
            }
            for each in one.unplaced
        ],
    }


def _domain(domain: Domain) -> dict[str, Any]:
    return {"kind": domain.kind.value, "name": domain.name, "site": domain.site, "hosts": sorted(domain.hosts)}
