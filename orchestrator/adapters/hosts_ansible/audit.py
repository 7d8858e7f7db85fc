"""Hosts measured through Ansible (`ports.HostAudit`): one playbook, whose one answer a host is kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from orchestrator.adapters.hosts_ansible.masking import Mask
from orchestrator.adapters.hosts_ansible.results import Results
from orchestrator.adapters.hosts_ansible.run_folder import run_folder
from orchestrator.adapters.hosts_ansible.scanner_answer import ScannerAnswer, scanner_answer
from orchestrator.adapters.hosts_ansible.set_up import SetUp
from orchestrator.model.audit import HostMeasure
from orchestrator.model.host_inventory import HostInventory
from orchestrator.model.host_result import HostResult, HostStatus
from orchestrator.model.outcome import Failure
from orchestrator.ports import TaskSeen

TASK: Final = "Measure"
ROLE: Final = "audit"
_NO_SECRETS: Final[dict[str, Any]] = {"passwords": {}}


class AnsibleAudit:
    """`state`: the region's folder. No secret of the region is needed, and none is given."""

    def __init__(self, set_up: SetUp, state: Path) -> None:
        self._set_up = set_up
        self._state = state

    def measure(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostMeasure]:
        results = Results(hosts, Mask({}), seen)
        answers: dict[str, ScannerAnswer] = {}

        def heard(event: Mapping[str, Any]) -> bool:
            _take(event, answers)
            return results(event)

        never = threading.Event()
        with run_folder(self._state, never) as folder:
            files = self._set_up.files(folder, inventory, _NO_SECRETS)
            self._set_up.run(files, results, never, heard=heard)
        return {name: _measure(one, answers.get(name)) for name, one in results.of_all().items()}


def _take(event: Mapping[str, Any], answers: dict[str, ScannerAnswer]) -> None:
    data = event.get("event_data", {})
    if event.get("event") == "runner_on_ok" and (data.get("role"), data.get("task")) == (ROLE, TASK):
        answers[data["host"]] = scanner_answer(str(data.get("res", {}).get("stdout", "")))


def _measure(result: HostResult, answer: ScannerAnswer | None) -> HostMeasure:
    """A host that ended well and said nothing of any rule was not measured."""
    if result.status is HostStatus.DONE and answer and answer.results:
        return HostMeasure(
            host=result.host,
            status=HostStatus.DONE,
            container=answer.container,
            content=answer.content,
            scanner=answer.scanner,
            results=answer.results,
        )
    silent = Failure(
        resource=f"{ROLE}: {TASK}",
        cause="the scanner told nothing of any rule",
        hint="see what `oscap xccdf eval` says on the host: docs/hardening.md",
    )
    status = HostStatus.FAILED if result.status is HostStatus.DONE else result.status
    return HostMeasure(host=result.host, status=status, results={}, failure=result.failure or silent)
