"""What was asked of the stub: calls and bytes by service, tokens, and every target in the order of the calls."""

from __future__ import annotations

import json
from collections import Counter


class Tally:
    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.tokens = 0
        self.targets: list[str] = []

    def note(self, target: str, service: str, size: int, status: int) -> None:
        self.targets.append(target)
        self.calls[service] += 1
        self.sent[service] += size
        self.statuses[str(status)] += 1

    def as_json(self) -> bytes:
        found = {"calls": self.calls, "bytes": self.sent, "statuses": self.statuses, "tokens": self.tokens}
        return json.dumps(found).encode()
