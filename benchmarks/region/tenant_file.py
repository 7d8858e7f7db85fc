"""The spec of one made-up tenant: the demo's intercommunal body (1 network, 2 servers, 3 volumes) under other names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from measurement.product import CHECKOUT

from region.replacing import replaced, replaced_once

MODEL = CHECKOUT / "inventory" / "demo" / "tenants" / "pays-des-lacs.yaml"
SITES = ("nord", "sud")


def tenant_name(number: int) -> str:
    """`number` from 1."""
    return f"member-{number:05d}"


def tenant_text(number: int) -> str:
    """The whole file; sites in turn: two tenants in a row stand in different ones. Ranges are left up to 63999."""
    high, low = divmod(number, 250)
    text = replaced(_model(), "pays-des-lacs", tenant_name(number))
    text = replaced(text, "Pays des Lacs", f"Member {number}")
    text = replaced_once(text, '"000000034"', f'"{number:09d}"')
    text = replaced(text, "10.30.0.", f"10.{high}.{low}.")
    text = replaced_once(text, "tier: to-sud", f"tier: to-{SITES[(number + 1) % 2]}")  # backups go to the other one
    return replaced_once(text, "site: nord", f"site: {SITES[number % 2]}")


@cache
def _model() -> str:
    return Path(MODEL).read_text(encoding="utf-8")
