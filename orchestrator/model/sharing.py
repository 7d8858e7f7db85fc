"""Networks that two members share: both sides say so, under the same agreement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkShare:
    """At the network: a tenant that may put servers on it."""

    tenant: str
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNetwork:
    """At the tenant that uses it: whose network it is, and its name there."""

    tenant: str
    network: str
    agreement: str
