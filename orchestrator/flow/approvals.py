"""What nobody approved is not applied."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.errors import PolicyRefusal
from orchestrator.model.approvals import NeededApproval
from orchestrator.model.provenance import Provenance
from orchestrator.model.specs import Specs
from orchestrator.planning.approvals import governed, missing
from orchestrator.ports import GovernedRecords


class NotApproved(PolicyRefusal):
    """Somebody has yet to approve it. `missing`: who, for what, of all that the plan needs."""

    def __init__(self, left: tuple[NeededApproval, ...], provenance: Provenance) -> None:
        told = "; ".join(one.sentence for one in left)
        super().__init__(f"approvals are missing: {told}; {_there(provenance)}", hint=_hint(provenance))
        self.missing = left


def refuse_unless_approved(needs: Sequence[NeededApproval], provenance: Provenance) -> None:
    """Raises NotApproved with every approval that is missing."""
    if left := missing(needs, provenance):
        raise NotApproved(left, provenance)


def record_approved(specs: Specs, records: GovernedRecords | None) -> None:
    """What was agreed to is what the next change is held against."""
    if records:
        records.update(lambda _: governed(specs))


def _there(provenance: Provenance) -> str:
    said = ", ".join(
        f"{one.person} ({', '.join(one.roles) or 'no role'})"
        f"{', who is its author' if one.person.casefold() == provenance.author.casefold() else ''}"
        for one in provenance.approvals
    )
    whose = f"merge request {provenance.request}" if provenance.request else "it"
    if said and provenance.forge and not provenance.author:
        return f"the pipeline does not say who wrote {whose}, so that its approvals by {said} count for nothing"
    return f"{whose} was approved by {said}" if said else f"nobody is known to have approved {whose}"


def _hint(provenance: Provenance) -> str:
    if provenance.forge:
        return (
            "let them approve the merge request and start this job again, or, where the forge takes no approval after "
            "the merge, let them approve a further one; MUTUALIS_ROLES says who has which role"
        )
    return "apply from the forge's pipeline; by hand, MUTUALIS_REVIEWED_BY and MUTUALIS_ROLES say who approved"
