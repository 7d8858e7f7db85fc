"""The one door to Pulumi: stacks driven through the Automation API, whichever engine carries them out."""

from orchestrator.adapters.stacks_pulumi.engines import Carrier, embedded_engine, official_engine
from orchestrator.adapters.stacks_pulumi.stacks import Programs, PulumiStacks
from orchestrator.adapters.stacks_pulumi.workspaces import Workspaces

__all__ = ["Carrier", "Programs", "PulumiStacks", "Workspaces", "embedded_engine", "official_engine"]
