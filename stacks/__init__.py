"""Pulumi programs: what the region and each tenant become in OpenStack. Of ours they know the model only."""

from stacks import loading
from stacks.region import region_program
from stacks.tenant import tenant_program
from stacks.version import PROGRAM_VERSION, PROVIDER_VERSION

__all__ = ["PROGRAM_VERSION", "PROVIDER_VERSION", "loading", "region_program", "tenant_program"]
