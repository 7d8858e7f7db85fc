"""A process that looks for drift in all stacks: by one fleet call, or by one refresh each that writes nothing.

    python look.py many|embedded|official FOLDER CLOUDS CLOUD TENANTS

Runs with the product's Python. Prints one JSON object: `drifted` resources and stacks that failed; of `many` also its
list calls, its single reads, and `api_seconds`, the sum of the times of all its calls. Exit 1 when a stack failed.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

from fleets.place import engine, environment, fleet, opened
from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.cloud.connection import Answer, Connection
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.fleet import FleetStack, drift_many
from orchestrator.wiring.stacks import prepare_process


def main() -> None:
    how, folder, clouds, cloud, tenants = sys.argv[1:]
    prepare_process()
    stacks = fleet(Path(folder), int(tenants), environment(Path(folder), clouds, cloud))
    print(json.dumps(_many(stacks) if how == "many" else _each(how, stacks)))


def _many(stacks: Sequence[FleetStack]) -> dict[str, Any]:
    clock = _Clock()
    found = drift_many(EmbeddedCommand(OpenStackProvider()), stacks)
    failed = [failure for stack in found.stacks for failure in stack.failures]
    errors = [one.error for stack in found.stacks for one in stack.resources if one.error]
    if failed or errors:
        sys.exit(f"{(failed + errors)[0]}")
    return {
        "drifted": sum(len(stack.drifted) for stack in found.stacks),
        "resources": sum(len(stack.resources) for stack in found.stacks),
        "list_calls": found.effort.lists,
        "single_reads": found.effort.single + found.effort.confirmed,
        "calls": clock.calls,
        "api_seconds": clock.seconds,
    }


def _each(how: str, stacks: Sequence[FleetStack]) -> dict[str, Any]:
    carrier = engine(how)
    changes = [opened(carrier, stack).preview_refresh().change_summary for stack in stacks]
    counts = [{str(getattr(op, "value", op)): number for op, number in found.items()} for found in changes]
    same = sum(found.get("same", 0) for found in counts)
    return {"drifted": sum(sum(found.values()) for found in counts) - same}


class _Clock:
    """Times every call of the process, from the moment it is asked for to its answer."""

    def __init__(self) -> None:
        self.calls, self.seconds = 0, 0.0
        self._lock = threading.Lock()
        self._send = Connection.send
        Connection.send = self._timed  # type: ignore[method-assign]  # the clock stands before the door

    @property
    def _timed(self) -> Any:
        def send(connection: Connection, service: str, method: str, path: str, **options: Any) -> Answer:
            begun = time.perf_counter()
            try:
                return self._send(connection, service, method, path, **options)
            finally:
                with self._lock:
                    self.calls += 1
                    self.seconds += time.perf_counter() - begun

        return send


if __name__ == "__main__":
    main()
