"""Fleet calls: many stacks at once, beyond what Pulumi's own engine can do.

`drift_many` and `refresh_many` compare all stacks with the cloud by lists that answer for all projects;
`preview_many` runs all programs without a server, a socket or an API call. Results are data.
`remove_stranger` takes away what no stack has recorded; with a `PartialProvider`, an operation with `--refresh` takes
over a part of what was found.
"""

from orchestrator.engine.fleet.partial import PartialProvider, TakenOver
from orchestrator.engine.fleet.parts import remove_stranger
from orchestrator.engine.fleet.preview import preview_many
from orchestrator.engine.fleet.reading import drift_many, refresh_many
from orchestrator.engine.fleet.results import (
    Change,
    Effort,
    FleetDrift,
    FleetPreview,
    ResourceDrift,
    StackDrift,
    StackPreview,
    Stranger,
    Verdict,
)
from orchestrator.engine.fleet.session import Unlisted
from orchestrator.engine.fleet.stack import FleetStack

__all__ = [
    "Change",
    "Effort",
    "FleetDrift",
    "FleetPreview",
    "FleetStack",
    "PartialProvider",
    "ResourceDrift",
    "StackDrift",
    "StackPreview",
    "Stranger",
    "TakenOver",
    "Unlisted",
    "Verdict",
    "drift_many",
    "preview_many",
    "refresh_many",
    "remove_stranger",
]
