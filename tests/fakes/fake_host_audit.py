"""The HostAudit port: hosts answer what a test says; who is not said to answer is not reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orchestrator.model.audit import HostMeasure, Result
from orchestrator.model.host_inventory import HostInventory
from orchestrator.model.host_result import HostStatus
from orchestrator.model.outcome import Failure
from orchestrator.ports import TaskSeen

AWAY = Failure(resource="audit", cause="no route to host", hint="see that it is up", temporary=True)


class FakeHostAudit:
    def __init__(self, answers: Mapping[str, Mapping[str, Result]], *, containers: Sequence[str] = ()) -> None:
        self.answers = dict(answers)
        self.containers = set(containers)

    def measure(self, inventory: HostInventory, hosts: Sequence[str], seen: TaskSeen) -> Mapping[str, HostMeasure]:
        return {name: self._measure(name) for name in hosts}

    def _measure(self, name: str) -> HostMeasure:
        if name not in self.answers:
            return HostMeasure(host=name, status=HostStatus.UNREACHABLE, results={}, failure=AWAY)
        return HostMeasure(
            host=name,
            status=HostStatus.DONE,
            container=name in self.containers,
            content="0.1.76-1",
            scanner="1.4.2",
            results=self.answers[name],
        )
