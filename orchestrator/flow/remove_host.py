"""A host leaves the region for good: only one that carries nothing, and only by somebody who typed its name.

Nothing is done to the machine itself: its packages and its disks stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.errors import PolicyRefusal, UsageError
from orchestrator.model.host_duty import HostHoldings
from orchestrator.model.maintenance import maintenance_step
from orchestrator.model.plan import host_step
from orchestrator.model.site import HostRole
from orchestrator.model.specs import Specs
from orchestrator.ports import HostRegistry, Ledger

Confirm = Callable[[str], None]
"""Given the name that is to be typed; raises PolicyRefusal when it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """`gone`: what the cloud forgot, in words; `left`: what has to be done elsewhere, as sentences."""

    gone: tuple[str, ...]
    left: tuple[str, ...]


def remove_host(specs: Specs, name: str, registry: HostRegistry, ledger: Ledger, confirm: Confirm) -> Removal:
    """Raises PolicyRefusal when the host is in use, or carries anything at this moment; UsageError: nobody knows it.

    What it carries is asked before the question and once more after it: an answer may take its time.
    """
    _refuse_in_use(specs, name)
    held = registry.holdings(name)
    known = [step for step in (host_step(name), maintenance_step(name)) if step in ledger.read()]
    if not (held.known or held.carries or known or name in specs.hosts):
        raise UsageError(f"neither specs nor ledger nor the cloud know a host {name}")
    refuse_carrying(name, held)
    _refuse_running(name, held)
    confirm(name)
    held = registry.holdings(name)
    refuse_carrying(name, held)
    gone = registry.remove(name)
    for step in known:
        ledger.forget(step)
    return Removal(gone=(*gone, *(f"ledger entry {step}" for step in known)), left=tuple(_left(specs, name, held)))


def refuse_carrying(name: str, held: HostHoldings) -> None:
    """Raises PolicyRefusal: nothing that servers or volumes stand on is destroyed."""
    if held.carries:
        raise PolicyRefusal(
            f"host {name} carries {held.carries}",
            hint="say `maintenance: true` in its spec and apply; move volumes by `cinder migrate`; then do this again",
        )


def _refuse_in_use(specs: Specs, name: str) -> None:
    host = specs.hosts.get(name)
    if host is None:
        return
    if HostRole.CONTROL in host.roles:
        raise PolicyRefusal(
            f"{name} is a control host: databases and queues are not taken apart by this command",
            hint="take the role `control` from its spec first, and apply",
        )
    if not host.maintenance:
        raise PolicyRefusal(
            f"host {name} is in use by its spec", hint="say `maintenance: true` in it and apply, or delete its file"
        )


def _refuse_running(name: str, held: HostHoldings) -> None:
    """A service that runs would make itself known again."""
    if held.running:
        raise PolicyRefusal(
            f"on host {name} there still runs: {', '.join(held.running)}",
            hint="switch the machine off, or stop and disable these services; Nova believes it after a minute",
        )


def _left(specs: Specs, name: str, held: HostHoldings) -> list[str]:
    volumes = [one.removeprefix("cinder-volume of ") for one in held.known if one.startswith("cinder-volume")]
    said = [f"on a control host: cinder-manage service remove cinder-volume {name}@{one}" for one in volumes]
    if name in specs.hosts:
        said.append(f"delete the file of Host {name}: as long as it is there, the next apply sets the machine up again")
    return said
