"""What Pulumi's command line runs in this folder: the program of the region, in the stack `region`.

It is the only module of `stacks` that knows the wiring: it stands where the command line looks for it.
"""

from orchestrator.wiring.by_hand import run

run()
