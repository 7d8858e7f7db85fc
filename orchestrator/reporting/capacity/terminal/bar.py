"""One bar for what is allocated, guaranteed and declared, against what it is measured by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from orchestrator.model.quota import UNLIMITED
from orchestrator.reporting.capacity.terminal.canvas import Canvas, Signs, Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """`of`: what fills the bar. None: not known or not applicable; UNLIMITED counts as beyond everything."""

    of: int | None
    allocated: int | None = None
    guaranteed: int | None = None
    declared: int | None = None

    @property
    def over(self) -> bool:
        """Whether what is taken, or was promised for certain, exceeds it."""
        return self.of is not None and any((one or 0) > self.of for one in (self.allocated, self.guaranteed))


def bar(layers: Layers, width: int, canvas: Canvas) -> str:
    """`width` characters: allocated, then guaranteed, then declared as far as they exceed it, then what is free.

    Nothing without a measure. What is above 0 takes a character, and only what is full looks full.
    """
    if layers.of is None or all(one is None for one in (layers.allocated, layers.guaranteed, layers.declared)):
        return " " * width
    signs = canvas.signs
    styles = _styles(signs, over=layers.over)
    drawn = _drawn(layers, width, signs)
    return "".join(canvas.paint("".join(run), styles.get(sign)) for sign, run in groupby(drawn))


def _drawn(layers: Layers, width: int, signs: Signs) -> str:
    allocated, guaranteed, declared = (
        _cells(amount, layers.of or 0, width) for amount in (layers.allocated, layers.guaranteed, layers.declared)
    )
    cells = [signs.free] * width
    for number, sign in ((declared, signs.declared), (guaranteed, signs.guaranteed), (allocated, signs.allocated)):
        cells[:number] = [sign] * number
    if 0 < guaranteed < allocated:
        cells[guaranteed] = signs.mark
    if any(_beyond(one, layers.of or 0) for one in (layers.allocated, layers.guaranteed, layers.declared)):
        cells[-1] = signs.beyond
    return "".join(cells)


def _cells(amount: int | None, of: int, width: int) -> int:
    if not amount:
        return 0
    if _beyond(amount, of) or amount == of:
        return width
    return min(width - 1, max(1, round(amount / of * width)))


def _beyond(amount: int | None, of: int) -> bool:
    return amount is not None and (amount == UNLIMITED or amount > of)


def _styles(signs: Signs, *, over: bool) -> dict[str, Style]:
    return {
        signs.allocated: Style.ALLOCATED,
        signs.mark: Style.ALLOCATED,
        signs.guaranteed: Style.GUARANTEED,
        signs.declared: Style.DECLARED,
        signs.free: Style.DECLARED,
        signs.beyond: Style.OVER if over else Style.WARNING,
    }
