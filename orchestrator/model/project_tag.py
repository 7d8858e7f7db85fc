"""The tags that say whose a project is: written by the tenant's stack, read by the inventory.

Keystone's tags are plain words without `/` and `,` (API: at most 255 characters).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

OURS: Final = "mutualis"
TENANT: Final = "tenant="


def project_tags(tenant: str) -> tuple[str, ...]:
    """The tags of every project of a tenant."""
    return (OURS, f"{TENANT}{tenant}")


def tenant_of(tags: Collection[str]) -> str:
    """The tenant that a project's tags name; empty: the project is none of ours."""
    if OURS not in tags:
        return ""
    return next((tag.removeprefix(TENANT) for tag in sorted(tags) if tag.startswith(TENANT)), "")
