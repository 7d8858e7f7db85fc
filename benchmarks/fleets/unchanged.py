"""A process that makes stacks without a cloud, or does with them what changes nothing.

    python unchanged.py make FOLDER STACKS          stacks of twelve resources
    python unchanged.py make-large FOLDER RESOURCES one stack of so many
    python unchanged.py up FOLDER TIMES             one stack of twelve, so many times
    python unchanged.py preview FOLDER STACKS       all of them, by one fleet call
    python unchanged.py load FOLDER STACKS          all states in memory at the same time
    python unchanged.py preview-large FOLDER RESOURCES

Runs with the product's Python. Prints one JSON object; CPU seconds are of the work alone, without the process's start.
Exit 1 when anything would change.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

from tenancies.limits import names

from fleets.made_up import PretendingProvider, large, opened, tenant
from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.backend.stack_store import StackStore
from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.fleet import FleetStack, preview_many
from orchestrator.wiring.stacks import prepare_process


def main() -> None:
    action, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    prepare_process()
    stacks = [tenant(folder, name) for name in names(count)]
    actions: dict[str, Callable[[], Any]] = {
        "make": lambda: _make(stacks),
        "make-large": lambda: _make([large(folder, count)]),
        "up": lambda: _up(tenant(folder, names(1)[0]), count),
        "preview": lambda: _preview(stacks),
        "load": lambda: _load(stacks),
        "preview-large": lambda: _preview([large(folder, count)]),
    }
    print(json.dumps(actions[action]()))


def _make(stacks: Sequence[FleetStack]) -> dict[str, Any]:
    command = EmbeddedCommand(PretendingProvider())
    for stack in stacks:
        opened(command, stack).up()
    return {"stacks": len(stacks)}


def _up(stack: FleetStack, times: int) -> dict[str, Any]:
    """The first one warms up: schemas are read, a key is derived."""
    handle = opened(EmbeddedCommand(OpenStackProvider()), stack)
    handle.up()
    begun = time.process_time()
    for _ in range(times):
        changes = handle.up().summary.resource_changes or {}
        if set(map(str, changes)) != {"same"}:
            sys.exit(f"an up of an unchanged stack tells of {dict(changes)}")
    return {"cpu_seconds": (time.process_time() - begun) / times}


def _preview(stacks: Sequence[FleetStack]) -> dict[str, Any]:
    command = EmbeddedCommand(OpenStackProvider())
    preview_many(command, stacks[:1])
    begun, cpu = time.perf_counter(), time.process_time()
    found = preview_many(command, stacks)
    changed = [one for one in found.stacks if not one.empty]
    if changed:
        sys.exit(f"the preview of an unchanged stack tells of {changed[0]}")
    return {"seconds": time.perf_counter() - begun, "cpu_seconds": time.process_time() - cpu}


def _load(stacks: Sequence[FleetStack]) -> dict[str, Any]:
    held = [StackStore.at(one.name, one.work_dir, one.environment).load() for one in stacks]
    return {"resources": sum(len(loaded.checkpoint.resources) for loaded, _ in held)}


if __name__ == "__main__":
    main()
