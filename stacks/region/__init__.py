"""The region's stack: the program, and what Pulumi's own command line needs to run it by hand."""

from stacks.region.program import region_program

__all__ = ["region_program"]
