"""What no longer fits after a change.

With hosts lost, the loss that the reserve was kept for has happened: everything must fit on what is left, nothing kept
back; what the reserve would then no longer cover is told beside. Without a loss everything must fit as it must at
`validate`: after the reserve, and after each loss that was promised to be survived.
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.capacity.demand import promised
from orchestrator.capacity.ground import Ground
from orchestrator.capacity.judgement import judgement, unfit_sums
from orchestrator.capacity.misfits import misfits, standing_misfits
from orchestrator.capacity.what_if.remedy import remedies
from orchestrator.model.fit import Judgement
from orchestrator.model.tenant import Survives
from orchestrator.model.what_if import WhatIf


def answer(given: Ground, changes: Sequence[str], *, lost: bool) -> WhatIf:
    """`given`: after the changes; `changes`: what they were; `lost`: whether hosts were taken away."""
    judged = fit_now(given) if lost else fit_with_losses(given)
    return WhatIf(
        region=given.specs.region.name,
        supply=given.source,
        changes=tuple(changes),
        lost=lost,
        judged=judged,
        down=_down(given),
        next_loss=judgement(given) if lost and judged.fits else Judgement(),
        remedies=remedies(given, judged, fit_now if lost else fit_with_losses),
    )


def fit_now(given: Ground) -> Judgement:
    """Everything guaranteed on what is there, whatever is lost next."""
    bare = given.without_reserve()
    return Judgement(shortfalls=unfit_sums(bare), misfits=standing_misfits(bare))


def fit_with_losses(given: Ground) -> Judgement:
    """As at `validate`, and who finds no host also where the sum says already that something is missing."""
    return Judgement(shortfalls=unfit_sums(given), misfits=misfits(given))


def _down(given: Ground) -> tuple[str, ...]:
    return tuple(
        one.name
        for one in promised(given.specs)
        if one.site in given.gone and one.guarantee.survives is not Survives.SITE
    )
