"""Secrets taken out of what hosts say: whatever a role forgot to hide is hidden before it leaves the adapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from orchestrator.adapters.hosts_ansible.region_secrets import Secrets

MASKED: Final = "********"
PUBLIC: Final = frozenset({"authority", "authority_chain", "certificate"})
"""Names of what is no secret: certificates are shown to everybody who connects."""

SHORTEST: Final = 8
"""No secret is shorter (the balancer's has eight letters); shorter texts would mask words that mean nothing."""


class Mask:
    """Keys of several lines are masked line by line, so that indenting or escaping them uncovers nothing."""

    def __init__(self, secrets: Secrets) -> None:
        lines = {line.strip() for text in _texts(secrets) for line in text.splitlines()}
        hidden = sorted((one for one in lines if len(one) >= SHORTEST and not one.startswith("-----")), key=len)
        self._pattern = re.compile("|".join(map(re.escape, reversed(hidden)))) if hidden else None

    def __call__(self, text: str) -> str:
        return self._pattern.sub(MASKED, text) if self._pattern else text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in PUBLIC:
                yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
