"""The packing itself: what was placed before stays, then several orders in turn, each mended by moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

from orchestrator.capacity.packing.bounds import homeless, surely_too_much
from orchestrator.capacity.packing.fill import Score, by_shape, cosine, dot, fill
from orchestrator.capacity.packing.filled import Filled
from orchestrator.capacity.packing.orders import ORDERS, Largeness, Weights, ordered, weights
from orchestrator.capacity.packing.piece import Bin, Demand, Piece, Vector, less
from orchestrator.capacity.packing.repair import repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """`holds` and `free`: by bin. `left`: what found no bin."""

    holds: Mapping[str, Mapping[Piece, int]]
    free: Mapping[str, Vector]
    left: Mapping[Piece, int] = field(default_factory=dict)


def pack(
    bins: Sequence[Bin],
    demand: Demand,
    *,
    before: Mapping[str, Mapping[Piece, int]] | None = None,
    anew: bool = True,
) -> Packing:
    """Pieces into bins; deterministic. Never over-fills a bin, never breaks `places` or `apart`.

    `before`: an earlier packing's `holds`, from which as much as is still asked for stays where it is; only when that
    does not work out, and only if `anew`, everything is packed anew. A heuristic: `left` may hold what a perfect
    packing would place.
    """
    lost = homeless(bins, demand)
    wanted = {piece: count for piece, count in demand.items() if piece not in lost}
    by = weights(bins, wanted)
    hopeless = surely_too_much(bins, wanted)
    best = _attempt(bins, wanted, by, before=before or {}, mending=not hopeless)
    if best.left and anew and not hopeless:
        for score, largeness in product((dot, cosine), ORDERS):
            best = min(best, _attempt(bins, wanted, by, largeness, score), key=lambda one: _badness(one, by))
            if not best.left:
                break
    left = {piece: best.left.get(piece, 0) or demand[piece] for piece in (*best.left, *sorted(lost, key=repr))}
    return Packing(holds=best.holds, free=best.free, left=left)


def _attempt(
    bins: Sequence[Bin],
    wanted: Demand,
    by: Weights,
    largeness: Largeness = ORDERS[0],
    score: Score = dot,
    *,
    before: Mapping[str, Mapping[Piece, int]] = MappingProxyType({}),
    mending: bool = True,
) -> Packing:
    filled = [Filled(one) for one in bins]
    rest = less(wanted, _stay(filled, wanted, before))
    left = fill(filled, rest, ordered(by_shape(rest), by, largeness), _squared(by), score)
    if left and mending:
        left = repair(filled, left)
    return Packing(
        holds={one.name: dict(one.holds) for one in filled},
        free={one.name: tuple(one.free) for one in filled},
        left=left,
    )


def _stay(filled: Sequence[Filled], wanted: Demand, before: Mapping[str, Mapping[Piece, int]]) -> Demand:
    """Put back what stood in each bin, as far as it is still wanted; how many of each kind."""
    stayed: dict[Piece, int] = {}
    for one in filled:
        for piece, count in before.get(one.name, {}).items():
            staying = min(count, wanted.get(piece, 0) - stayed.get(piece, 0), one.room(piece))
            if staying > 0:
                one.put(piece, staying)
                stayed[piece] = stayed.get(piece, 0) + staying
    return stayed


def _squared(by: Weights) -> Weights:
    return tuple(weight * weight for weight in by)


def _badness(packing: Packing, by: Weights) -> float:
    """How much is left, by the weights."""
    return sum(
        count * sum(size * weight for size, weight in zip(piece.size, by, strict=True))
        for piece, count in packing.left.items()
    )
