"""The tag that says whose a project is: written by the tenant's stack, read by the inventory.

Keystone's tags are plain words without `/` and `,` (API: at most 255 characters).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

TENANT_TAG: Final = "mutualis:tenant="


def tenant_tag(tenant: str) -> str:
    """The tag of every project of a tenant."""
    return f"{TENANT_TAG}{tenant}"


def tenant_of(tags: Iterable[str]) -> str:
    """The tenant that a project's tags name; empty: the project is none of ours."""
    return next((tag.removeprefix(TENANT_TAG) for tag in sorted(tags) if tag.startswith(TENANT_TAG)), "")
