"""What the stub decides for each request: count it, break it, answer it; and the commands of whoever measures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stub_cloud.answers import Answers
from stub_cloud.fault import ANSWERS, Fault
from stub_cloud.tally import Tally

COMMANDS = "/-/"
TOKENS = "/identity/v3/auth/tokens"
NOT_FOUND = b'{"error": {"code": 404, "message": "not found", "title": "Not Found"}}'


@dataclass(frozen=True, slots=True)
class Reply:
    """`token`: to be given in the header of a new one."""

    status: int
    body: bytes
    content_type: str = "application/json"
    token: str = ""


class Desk:
    """`answers`: makes those of a generation. One thread at a time."""

    def __init__(self, answers: Callable[[int], Answers], latency: float) -> None:
        self._make = answers
        self._answers = answers(0)
        self._faults: dict[str, Fault] = {}
        self._vanished: set[str] = set()
        self._missing: set[str] = set()
        self.latency = latency
        self.tally = Tally()

    def reply(self, method: str, target: str) -> Reply | None:
        """None: no answer, ever."""
        service = target[1 : target.find("/", 1)]
        fault = self._faults.get(service)
        if fault is Fault.HANG:
            self.tally.note(target, service, 0, 0)
            return None
        reply = self._broken(fault) if fault else self._right(method, target)
        self.tally.note(target, service, len(reply.body), reply.status)
        return reply

    def command(self, target: str, body: bytes) -> Reply:
        """`/-/NAME`, with a JSON object of options."""
        given = json.loads(body) if body else {}
        return Reply(200, self._obeyed(target.removeprefix(COMMANDS), given))

    def _obeyed(self, name: str, given: Mapping[str, Any]) -> bytes:
        answers = {
            "tally": self.tally.as_json,
            "targets": lambda: json.dumps(self.tally.targets).encode(),
            "missing": lambda: json.dumps(sorted(self._missing)).encode(),
        }
        if name in answers:
            return answers[name]()
        match name:
            case "reset":
                self.tally, self._missing = Tally(), set()
            case "break":
                self._faults[given["service"]] = Fault(given["fault"])
            case "vanish":
                self._vanished.add(given["project"])
            case "mend":
                self._faults, self._vanished = {}, set()
            case "generation":
                self._answers = self._make(given["number"])
            case "latency":
                self.latency = given["seconds"]
        return b"{}"

    def _broken(self, fault: Fault) -> Reply:
        broken = ANSWERS[fault]
        return Reply(broken.status, broken.body, broken.content_type)

    def _right(self, method: str, target: str) -> Reply:
        if method == "POST" and target.startswith(TOKENS):
            self.tally.tokens += 1
            return Reply(201, self._answers.body(TOKENS) or b"", token=f"token-{self.tally.tokens}")
        body = None if any(one in target for one in self._vanished) else self._answers.body(target)
        if body is None:
            self._missing.add(f"{method} {target}")
            return Reply(404, NOT_FOUND)
        return Reply(200, body)
