"""Bars as inline SVG: widths in percent, so that a bar is as wide as its place; heights and patterns in pixels.

Layers differ by pattern and height, not by colour alone: they can be told apart on a black and white print.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orchestrator.model.quota import UNLIMITED
from orchestrator.reporting.capacity.terminal.bar import Layers
from orchestrator.reporting.html.element import Element, element

HEIGHT: Final = 22
MOST: Final = 1.5
"""How far beyond its limit a bar goes; what is even more ends there with an arrow."""


def patterns() -> Element:
    """What the bars are filled with; stands once in the page, before the first of them."""
    hatch = element(
        "pattern",
        element("rect", class_="ground", width="7", height="7"),
        element("path", class_="stroke", d="M-1,8 L8,-1 M-1,1 L1,-1 M6,8 L8,6"),
        id="hatch",
        width="7",
        height="7",
        patternUnits="userSpaceOnUse",
    )
    dots = element(
        "pattern",
        element("rect", class_="ground", width="5", height="5"),
        element("circle", class_="dot", cx="2.5", cy="2.5", r="1.1"),
        id="dots",
        width="5",
        height="5",
        patternUnits="userSpaceOnUse",
    )
    return element("svg", element("defs", hatch, dots), class_="patterns", width="0", height="0", aria_hidden="true")


def bar(layers: Layers, label: str, *, slim: bool = False) -> Element | None:
    """A bar with its text alternative; None where there is nothing to be measured by."""
    amounts = (layers.allocated, layers.guaranteed, layers.declared)
    if layers.of is None or all(amount is None for amount in amounts):
        return None
    height = HEIGHT // 2 if slim else HEIGHT
    return element(
        "svg",
        element("title", label),
        *_shapes(layers, height),
        class_="bar slim" if slim else "bar",
        width="100%",
        height=str(height),
        role="img",
        aria_label=label,
    )


def swatch(layer: str) -> Element:
    """A sample of a layer, for the legend."""
    inside = {
        "limit": element("line", class_="limit", x1="14", x2="14", y1="0", y2="14"),
        "free": element("rect", class_="track", x="0.5", y="0.5", width="27", height="13"),
        "allocated": element("rect", class_="allocated", x="0", y="4", width="28", height="6"),
    }.get(layer, element("rect", class_=layer, x="0", y="0", width="28", height="14"))
    return element("svg", inside, class_="swatch", width="28", height="14", aria_hidden="true")


def _shapes(layers: Layers, height: int) -> Iterator[Element]:
    """From back to front: the track, then declared, guaranteed and allocated, the limit last."""
    of = layers.of or 0
    scale = _scale(layers)
    yield _rect("track", of / scale if scale else 1.0, 0, height)
    for name, amount, inset in (
        ("declared", layers.declared, 0),
        ("guaranteed", layers.guaranteed, 0),
        ("allocated", layers.allocated, height * 0.28),
    ):
        if amount:
            share = 1.0 if amount == UNLIMITED or not scale else min(1.0, amount / scale)
            yield _rect(name, share, inset, height - 2 * inset, least=True)
    if scale > of or not of:
        at = f"{100 * of / scale:.2f}%" if scale else "0%"
        yield element("line", class_="limit", x1=at, x2=at, y1="0", y2=str(height))
    if of and _beyond(layers, scale):
        middle = height / 2
        arrow = element("path", class_="arrow", d=f"M-10,{middle - 7:g} L0,{middle:g} L-10,{middle + 7:g} Z")
        yield element("svg", arrow, x="100%", overflow="visible")


def _scale(layers: Layers) -> float:
    """What the whole width stands for."""
    of = layers.of or 0
    largest = max(_known(amount, of) for amount in (of, layers.allocated, layers.guaranteed, layers.declared))
    return min(largest, of * MOST)


def _known(amount: int | None, of: int) -> float:
    if amount == UNLIMITED:
        return of * MOST
    return amount or 0


def _beyond(layers: Layers, scale: float) -> bool:
    amounts = (layers.allocated, layers.guaranteed, layers.declared)
    return any(amount is not None and (amount == UNLIMITED or amount > scale) for amount in amounts)


def _rect(name: str, share: float, top: float, height: float, *, least: bool = False) -> Element:
    """`least`: what is above 0 is seen."""
    width = max(share * 100, 0.6) if least else share * 100
    return element("rect", class_=name, x="0", y=f"{top:g}", width=f"{width:.2f}%", height=f"{height:g}")
