"""What Pulumi's command line runs in this folder: the program of the tenant that the stack is named after.

It is the only module of `stacks` that knows the wiring: it stands where the command line looks for it.
"""

from orchestrator.wiring.by_hand import run

run()
