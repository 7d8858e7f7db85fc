"""Who owns each field of each kind of object: what of a difference between state and cloud is drift.

`made.py` has the kinds that stacks make, `further.py` those that the engine knows besides; `judge.py` applies them.
A test holds both against the engine's descriptions: every property of every kind has one owner.
"""

from orchestrator.planning.ownership.judge import ignored_fields, judged, taken_over
from orchestrator.planning.ownership.table import OWNERSHIP

__all__ = ["OWNERSHIP", "ignored_fields", "judged", "taken_over"]
