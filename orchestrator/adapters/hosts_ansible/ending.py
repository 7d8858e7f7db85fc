"""How a run of Ansible ended, as far as no host is concerned: it could not begin, or it was cut short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from orchestrator.adapters.hosts_ansible.run import Ended
from orchestrator.errors import PermanentFailure, TemporaryFailure

INTERRUPTED: Final = 99  # ansible.cli, ExitCode.KEYBOARD_INTERRUPT
_LINES: Final = 8


def raise_unless_ended(ended: Ended, *, by_itself: bool, stopped: bool, mask: Callable[[str], str]) -> None:
    """`by_itself`: it came to its end and gave its sums; `stopped`: it was asked to end before."""
    if by_itself or (stopped and ended.code == INTERRUPTED):
        return
    if ended.code is None or ended.code == INTERRUPTED:
        raise TemporaryFailure(
            "Ansible was killed in the middle", hint="apply again: what is done stands, the next run goes on"
        )
    said = mask(_cause(ended.said))
    raise PermanentFailure(
        f"Ansible could not run the playbook (exit {ended.code}): {said or 'it does not say why'}",
        hint="mend what it says; `ansible-playbook --syntax-check` reads a playbook without touching hosts",
    )


def _cause(said: Sequence[str]) -> str:
    """From its last error on; a line that a terminal broke is joined again."""
    lines = [line.strip() for line in said]
    errors = [number for number, line in enumerate(lines) if line.startswith(("[ERROR]", "ERROR!"))]
    found = lines[errors[-1] :] if errors else lines
    return " ".join(line for line in found[:_LINES] if line)
