"""The HostRegistry port: holds what a test says, forgets what it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestrator.model.host_duty import HostHoldings


@dataclass
class FakeHostRegistry:
    """`held`: by host; `later`: what `holdings` answers from the second time on."""

    held: dict[str, HostHoldings] = field(default_factory=dict)
    later: dict[str, HostHoldings] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    asked: int = 0

    def holdings(self, host: str) -> HostHoldings:
        self.asked += 1
        if self.asked > 1 and host in self.later:
            return self.later[host]
        return self.held.get(host, HostHoldings())

    def remove(self, host: str) -> tuple[str, ...]:
        self.removed.append(host)
        return self.held.pop(host, HostHoldings()).known
