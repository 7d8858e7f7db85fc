"""One of the engines, ready for a stack on the real service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi.automation import PulumiCommand


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """`environment`: what each of its operations needs besides backend, passphrase and credentials."""

    command: PulumiCommand
    environment: Mapping[str, str] = field(default_factory=dict)
