"""A tenant's stack: the program, and what Pulumi's own command line needs to run it by hand."""

from stacks.tenant.program import tenant_program

__all__ = ["tenant_program"]
