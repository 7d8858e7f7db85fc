"""Access across tenants that goes on although both sides may have ended it, in the words of plans.

A container's access lists stand in its owner's stack, the access to a network in the stack of who uses it. Neither of
them is carried out any more once its tenant is retired, or its file is missing.
"""

from __future__ import annotations

from orchestrator.model.recorded_shares import RecordedShares


def networks_left(shares: RecordedShares | None) -> str:
    """Networks of others that servers stay on, in words that go on from a reason; empty: there are none."""
    used = sorted(shares.used.items()) if shares else ()
    told = [f"{name} of {owner}" for owner, names in used for name in sorted(names)]
    return f"; its servers stay on the {'networks' if len(told) > 1 else 'network'} {', '.join(told)}" if told else ""


def containers_left(shares: RecordedShares | None) -> str:
    """The same of containers that stay open for others."""
    opened = sorted(shares.opened.items()) if shares else ()
    return "".join(
        f"; its container {name} stays open for {', '.join(sorted(users))} until its file ends the share"
        for name, users in opened
    )
