"""Lines over two logarithmic axes as an SVG: no library, and the same bytes for the same figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 40, 90
COLOURS = ("#0b6e4f", "#6f9ceb", "#c8553d", "#555555")
FACTORS = {"": 1, "k": 1_000, "M": 1_000_000, "G": 1_000_000_000}

Series = Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Whole decades for values; `low` and `high` are positive."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands, in the picture's units."""
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return self.begin + part * (self.end - self.begin)


def svg(title: str, across: str, up: str, series: Series) -> str:
    """`across`, `up`: what the axes count; every value must be positive."""
    points = [point for line in series.values() for point in line]
    ticks = sorted({x for x, _ in points})
    x = Axis(low=ticks[0], high=max(ticks[-1], ticks[0] * 2), begin=LEFT, end=WIDTH - RIGHT)
    decades = _decades([y for _, y in points])
    y = Axis(low=decades[0], high=decades[-1], begin=HEIGHT - BOTTOM, end=TOP)
    parts = [*_frame(title, across, up), *_grid(x, y, ticks, decades)]
    for number, (name, line) in enumerate(series.items()):
        parts += _line(name, number, [(x.at(one), y.at(other)) for one, other in line])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    return "\n".join([f'{head} font-size="12">', *parts, "</svg>", ""])


def short(value: float) -> str:
    """2000 -> 2k."""
    sign, factor = [(sign, factor) for sign, factor in FACTORS.items() if value >= factor or factor == 1][-1]
    return f"{value / factor:g}{sign}"


def _decades(values: Sequence[float]) -> list[float]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]


def _text(x: float, y: float, text: str, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{text}</text>'


def _frame(title: str, across: str, up: str) -> Iterator[str]:
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    yield _text(WIDTH / 2, 22, title, more=' font-size="15"')
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 36, across)
    yield _text(16, (TOP + HEIGHT - BOTTOM) / 2, up, more=f' transform="rotate(-90 16 {(TOP + HEIGHT - BOTTOM) / 2})"')


def _grid(x: Axis, y: Axis, ticks: Sequence[float], decades: Sequence[float]) -> Iterator[str]:
    for value in decades:
        yield f'<path d="M{x.begin} {y.at(value):.1f}H{x.end}" stroke="#dddddd"/>'
        yield _text(x.begin - 6, y.at(value) + 4, short(value), "end")
    for value in ticks:
        yield f'<path d="M{x.at(value):.1f} {y.begin}V{y.end}" stroke="#eeeeee"/>'
        yield _text(x.at(value), y.begin + 16, short(value))


def _line(name: str, number: int, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    colour = COLOURS[number % len(COLOURS)]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
    across, down = LEFT + number % 2 * (WIDTH - LEFT) / 2, HEIGHT - 32 + number // 2 * 18
    yield f'<circle cx="{across:.1f}" cy="{down - 4}" r="5" fill="{colour}"/>'
    yield _text(across + 12, down, name, "start")
