"""A process that brings the large stack of `unchanged.py make-large` to a size, one step after the other.

    python grow.py embedded|official FOLDER RESOURCES

Runs with the product's Python; objects are made up, the state is the engine's own. Prints one JSON object: operation
-> number of resources.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from pulumi.automation import PulumiCommand

from fleets.made_up import PretendingProvider, large, opened
from fleets.pretending_plugin import serving
from orchestrator.adapters.stacks_pulumi import official_engine
from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.fleet import FleetStack
from orchestrator.wiring.stacks import prepare_process


def main() -> None:
    engine, folder, resources = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    prepare_process()
    stack = large(folder, resources)
    print(json.dumps(_embedded(stack) if engine == "embedded" else _official(stack)))


def _embedded(stack: FleetStack) -> Mapping[str, int]:
    return _up(EmbeddedCommand(PretendingProvider()), stack, {})


def _official(stack: FleetStack) -> Mapping[str, int]:
    carrier = official_engine()
    with serving() as port:
        return _up(carrier.command, stack, {**carrier.environment, "PULUMI_DEBUG_PROVIDERS": f"openstack:{port}"})


def _up(command: PulumiCommand, stack: FleetStack, further: Mapping[str, str]) -> Mapping[str, int]:
    done = opened(command, stack, further).up(parallel=1)
    return {str(getattr(kind, "value", kind)): count for kind, count in (done.summary.resource_changes or {}).items()}


if __name__ == "__main__":
    main()
