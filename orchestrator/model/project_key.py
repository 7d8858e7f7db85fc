"""The key of a project within its tenant: logical names and exports of the tenant's stack are made of it."""

from __future__ import annotations

from typing import Final

MAIN: Final = "main"
"""Of the tenant's own project; no other may be called so."""


def project_key(tenant: str, project: str) -> str:
    """`project`: as a spec names it; empty, or the tenant's name, for its own."""
    return MAIN if project in ("", tenant) else project
