"""In which order hosts are set up, and when no more are begun. Knows nothing of why a host is set up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orchestrator.model.installation import Rolling

Batch = tuple[str, ...]
"""Names of hosts that are set up side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A host to be set up. `control`: it is one of the control hosts; `fresh`: it was never set up, so carries nothing.

    One that is both a control and a compute host goes with the control hosts.
    """

    name: str
    control: bool = False
    fresh: bool = False


def rolling_order(hosts: Iterable[Candidate], rolling: Rolling) -> tuple[Batch, ...]:
    """Never two control hosts at once; then all fresh hosts together; then `compute_at_once` of the others a time.

    Control hosts that run come before those that are to join them; otherwise by name, so that the first of a new
    region is the one that the playbooks take for the first.
    """
    known = sorted(hosts, key=lambda host: (host.fresh, host.name))
    control = tuple((host.name,) for host in known if host.control)
    fresh = tuple(host.name for host in known if host.fresh and not host.control)
    others = [host.name for host in known if not host.fresh and not host.control]
    size = rolling.compute_at_once
    turns = tuple(tuple(others[start : start + size]) for start in range(0, len(others), size))
    return (*control, *((fresh,) if fresh else ()), *turns)


def may_begin(rolling: Rolling, *, failed: int, failed_control: int) -> bool:
    """Whether the next batch may begin after so many hosts that failed or were not reached.

    A control plane that is not whole must not lose more, and carries no new host either.
    """
    return failed_control == 0 and failed < rolling.stop_after
