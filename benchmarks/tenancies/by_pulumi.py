"""A process that builds or deletes all tenants through the product's adapter: one stack each, several at a time.

    python by_pulumi.py build|delete embedded|official FOLDER CLOUDS CLOUD TENANTS AT_ONCE

Runs with the product's Python. A second `build` is the no-op. Prints one JSON object: operation -> number of
resources. Exit 1 with the first failure.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from orchestrator.adapters.stacks_pulumi import (
    PulumiStacks,
    Workspaces,
    embedded_engine,
    official_engine,
)
from orchestrator.model.known_ids import KnownIds
from orchestrator.model.outcome import StackResult
from orchestrator.model.plan import StackTarget, StepKind
from orchestrator.settings import RESOURCES_AT_ONCE
from orchestrator.wiring.stacks import prepare_process
from tenancies.limits import names
from tenancies.program import program_of

PROJECT = "benchmark"


def main() -> None:
    action, engine, folder, clouds, cloud, tenants, at_once = sys.argv[1:]
    prepare_process()
    stacks = _stacks(engine, Path(folder), {"OS_CLIENT_CONFIG_FILE": clouds, "OS_CLOUD": cloud})
    work = partial(_build, stacks) if action == "build" else partial(stacks.retire, seen=_unseen)
    counts: Counter[str] = Counter()
    with ThreadPoolExecutor(int(at_once)) as pool:
        for result in pool.map(work, names(int(tenants))):
            _check(result)
            counts.update(result.counts)
    print(json.dumps(counts))


def _stacks(engine: str, folder: Path, credentials: dict[str, str]) -> PulumiStacks:
    workspaces = Workspaces(
        carrier=embedded_engine() if engine == "embedded" else official_engine(),
        project=PROJECT,
        backend=f"file://{folder / 'state'}",
        folder=folder / "work",
        credentials={**credentials, "PULUMI_CONFIG_PASSPHRASE": os.environ["PULUMI_CONFIG_PASSPHRASE"]},
    )
    return PulumiStacks(acting=workspaces, looking=workspaces, programs=_program, parallel=RESOURCES_AT_ONCE)


def _program(target: StackTarget, *, acting: bool) -> Callable[[], None]:
    del acting
    return program_of(target.stack)


def _build(stacks: PulumiStacks, name: str) -> StackResult:
    target = StackTarget(stack=name, kind=StepKind.TENANT, environment=None, ids=KnownIds())
    return stacks.build(target, _unseen)


def _unseen(_operation: str, _name: str) -> None:
    """Nobody watches."""


def _check(result: StackResult) -> None:
    if result.failures:
        sys.exit(f"{result.failures[0].resource}: {result.failures[0].cause}")


if __name__ == "__main__":
    main()
