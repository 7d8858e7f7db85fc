"""Specs resolved into what stack programs build. Pure: the same specs give the same environments."""

from orchestrator.planning.environment.region import region_environment
from orchestrator.planning.environment.tenant import tenant_environment

__all__ = ["region_environment", "tenant_environment"]
