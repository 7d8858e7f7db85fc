"""What a plan promises anew, judged by the running cloud: hosts that are down or were never racked hold nothing.

Specs alone are judged before (`capacity.judge`). What was promised before this plan and no longer fits is told, but
is no reason to refuse: refusing would not mend it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from orchestrator.capacity.ground import ground
from orchestrator.capacity.hosts import CLASSES
from orchestrator.capacity.judgement import judgement
from orchestrator.model.fit import Judgement, Misfit
from orchestrator.model.fit_text import misfit_text, shortfall_text
from orchestrator.model.plan import LedgerEntry, Operation, Step, StepAction, tenant_step
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs

CODES: Final = {"unread": "CAP100", "guaranteed": "CAP101", "packing": "CAP103", "loss": "CAP104"}
"""As of specs alone (`capacity.judge`), a hundred on; `unread`: the cloud could not be asked."""

TAKES: Final = frozenset({"openstack:compute/instance:Instance", "openstack:blockstorage/volume:Volume"})
"""Resources that draw on what is guaranteed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unkept:
    """A promise that the running cloud cannot keep. `site` empty: of the region.

    `tenants`: those with a part in it of whom the plan asks for more; `before`: it could not be kept without them
    either.
    """

    code: str
    site: str
    message: str
    tenants: tuple[str, ...]
    before: bool


def growing(specs: Specs, steps: tuple[Step, ...], ledger: Mapping[str, LedgerEntry]) -> frozenset[str]:
    """The tenants of whom the plan asks for more: new ones, and those that get a server or a volume more."""
    taken = {step.name: step for step in steps if step.action is not StepAction.RETIRE}
    names = {name: tenant_step(name) for name in specs.tenants}
    return frozenset(
        name for name, step in names.items() if step in taken and (step not in ledger or _takes_more(taken[step]))
    )


def unkept(specs: Specs, snapshot: InventorySnapshot, more: frozenset[str]) -> tuple[Unkept, ...]:
    """What does not fit and has to do with the tenants in `more`. Raises SpecError as `judgement`."""
    if not more:
        return ()
    without = {name: tenant for name, tenant in specs.tenants.items() if name not in more}
    whole = judgement(ground(specs, snapshot))
    rest = judgement(ground(replace(specs, tenants=without), snapshot))
    return tuple(one for one in (*_sums(whole, rest, more), *_misfits(specs, whole, rest, more)) if one.tenants)


def _sums(whole: Judgement, rest: Judgement, more: frozenset[str]) -> Iterator[Unkept]:
    known = {(one.site, one.resource, one.pool) for one in rest.guaranteed}
    for short in whole.guaranteed:
        yield Unkept(
            code=CODES["guaranteed"],
            site=short.site,
            message=shortfall_text(short),
            tenants=tuple(sorted(name for name, _ in short.tenants if name in more)),
            before=(short.site, short.resource, short.pool) in known,
        )


def _misfits(specs: Specs, whole: Judgement, rest: Judgement, more: frozenset[str]) -> Iterator[Unkept]:
    known = {_place(one) for one in rest.misfits}
    short = {one.site for one in rest.guaranteed if one.resource in CLASSES}
    for misfit in whole.misfits:
        yield Unkept(
            code=CODES["loss" if misfit.loss else "packing"],
            site=misfit.site,
            message=misfit_text(misfit),
            tenants=tuple(sorted(name for name in more if specs.tenants[name].site == misfit.site)),
            before=_place(misfit) in known or misfit.site in short,
        )


def _place(misfit: Misfit) -> tuple[str, str]:
    return misfit.site, misfit.loss.text if misfit.loss else ""


def _takes_more(step: Step) -> bool:
    return any(change.kind in TAKES and change.operation is Operation.CREATE for change in step.changes)
