"""What must hold of a whole plan before anything acts: deletion budget, freeze windows, what the cloud cannot do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from orchestrator.model.plan import Operation, PropertyChange, Step, Trouble
from orchestrator.model.region import Region

SUBNET: Final = "openstack:networking/subnet:Subnet"
VOLUME: Final = "openstack:blockstorage/volume:Volume"


def deletions(steps: tuple[Step, ...]) -> int:
    """Objects that go; a replaced one goes too."""
    return sum(step.count(Operation.DELETE) + step.count(Operation.REPLACE) for step in steps)


def refusals(region: Region, steps: tuple[Step, ...], today: dt.date) -> tuple[str, ...]:
    """Why the plan must not be applied as it is; each sentence says what to do."""
    return (
        *_over_budget(region, steps),
        *_frozen(region, steps, today),
        *_replaced_ranges(steps),
        *_shrunk(steps),
        *_protected(steps),
    )


def _over_budget(region: Region, steps: tuple[Step, ...]) -> Iterator[str]:
    count, budget = deletions(steps), region.deletion.budget
    if count > budget:
        worst = ", ".join(
            f"{step.name} {gone}"
            for step in steps
            if (gone := step.count(Operation.DELETE) + step.count(Operation.REPLACE))
        )
        yield (
            f"{count} objects would be deleted or replaced ({worst}); the region's deletion budget is {budget}: "
            f"split the change, or raise spec.deletion.budget of Region {region.name} in a reviewed change"
        )


def _frozen(region: Region, steps: tuple[Step, ...], today: dt.date) -> Iterator[str]:
    if not any(step.acts for step in steps):
        return
    for window in region.freeze_windows:
        if window.start <= today <= window.end:
            yield (
                f"{today} is in the freeze window {window.start} to {window.end} ({window.reason}): "
                "apply afterwards, or shorten the window in a reviewed change"
            )


def _replaced_ranges(steps: tuple[Step, ...]) -> Iterator[str]:
    """Neutron deletes no subnet that has ports, so a new range in place of the old one would stop half-way."""
    for step in steps:
        for change in step.changes:
            if change.kind == SUBNET and change.operation is Operation.REPLACE:
                yield (
                    f"{step.name}: the address range of network {change.name} cannot change in place: "
                    "add a network with the new range, move its servers there, then remove the old one"
                )


def _protected(steps: tuple[Step, ...]) -> Iterator[str]:
    """What is protected is looked at over the whole plan, before its first step."""
    for step in steps:
        if step.trouble is Trouble.REFUSED:
            yield f"{step.name}: {step.problem}"


def _shrunk(steps: tuple[Step, ...]) -> Iterator[str]:
    """Cinder only extends."""
    for step in steps:
        for change in step.changes:
            if change.kind == VOLUME and change.operation is Operation.UPDATE:
                for size in filter(_smaller, change.properties):
                    yield (
                        f"{step.name}: volume {change.name} cannot shrink from {size.old} to {size.new} GiB: keep its "
                        "size, or add a smaller volume, copy the data there, then remove this one"
                    )


def _smaller(size: PropertyChange) -> bool:
    numbers = size.path == "size" and size.new.isdecimal() and size.old.isdecimal()
    return numbers and int(size.new) < int(size.old)
