"""The packing on any bins and pieces: what must hold always, and the cases that sums get wrong."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.capacity.packing.pack import Packing, pack
from orchestrator.capacity.packing.piece import Bin, Demand, Piece

HERE = frozenset({"here"})
PLACES = st.sampled_from([HERE, frozenset({"there"}), frozenset({"here", "there"}), frozenset()])
SIZES = st.tuples(st.integers(0, 9), st.integers(0, 9))
PIECES = st.builds(Piece, size=SIZES.filter(any), places=PLACES, apart=st.sampled_from(["", "", "x", "y"]))
DEMANDS = st.dictionaries(PIECES, st.integers(1, 6), max_size=8)
FEW = settings(max_examples=50, deadline=None)
SIDES = st.integers(0, 20)
ROWS = st.lists(st.tuples(st.sampled_from(["here", "there"]), st.tuples(SIDES, SIDES)), max_size=7)


def row(sizes: list[tuple[str, tuple[int, int]]]) -> list[Bin]:
    return [Bin(name=f"bin-{number}", place=place, size=size) for number, (place, size) in enumerate(sizes)]


def bins(*sizes: tuple[int, ...]) -> list[Bin]:
    return [Bin(name=f"bin-{number}", place="here", size=size) for number, size in enumerate(sizes)]


def piece(*size: int, apart: str = "") -> Piece:
    return Piece(size=size, places=HERE, apart=apart)


def check_sound(there: list[Bin], demand: Demand, packing: Packing) -> None:
    """No bin over-filled, no constraint broken, nothing lost and nothing made up."""
    placed = Counter(packing.left)
    for one in there:
        held = packing.holds[one.name]
        used = tuple(sum(kind.size[d] * count for kind, count in held.items()) for d in range(len(one.size)))
        assert tuple(s - u for s, u in zip(one.size, used, strict=True)) == packing.free[one.name]
        assert min(packing.free[one.name]) >= 0
        assert all(one.place in kind.places for kind in held)
        words = [kind.apart for kind, count in held.items() for _ in range(count) if kind.apart]
        assert len(words) == len(set(words))
        placed.update(held)
    assert placed == Counter(demand)


@FEW
@given(ROWS, DEMANDS)
def test_a_packing_is_sound_whatever_is_packed(sizes: list[tuple[str, tuple[int, int]]], demand: Demand) -> None:
    """Any bins, any pieces, any constraints."""
    check_sound(row(sizes), demand, pack(row(sizes), demand))


@FEW
@given(ROWS, DEMANDS, st.integers(0, 6), st.booleans())
def test_a_packing_after_a_loss_is_sound_too(
    sizes: list[tuple[str, tuple[int, int]]],
    demand: Demand,
    lost: int,
    anew: bool,  # noqa: FBT001 drawn by hypothesis
) -> None:
    """What was placed before stays or moves; bins of before may be gone, pieces too."""
    before = pack(row(sizes), demand)
    left, fewer = row(sizes)[lost:], dict(list(demand.items())[1:])
    check_sound(left, fewer, pack(left, fewer, before=before.holds, anew=anew))


@FEW
@given(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), min_size=1, max_size=60))
def test_what_an_easy_bound_says_fits_is_placed(sizes: list[tuple[int, int]]) -> None:
    """No piece above a third of a bin: one that finds no bin proves each bin filled by two thirds of a dimension."""
    demand = Counter(piece(*size) for size in sizes)
    load = sum(sum(size) for size in sizes) / 30
    there = bins(*[(30, 30)] * (int(load / (2 / 3)) + 1))
    assert not pack(there, demand).left


def test_a_large_piece_does_not_fit_on_two_halves() -> None:
    """32 into 16 and 16: the sum fits."""
    large = piece(32)
    assert pack(bins((16,), (16,)), {large: 1}).left == {large: 1}


def test_every_dimension_counts() -> None:
    """One bin is full of vcpus, the other of memory."""
    both = piece(4, 4)
    assert pack(bins((8, 2), (2, 8)), {both: 1}).left == {both: 1}


def test_pieces_that_stand_apart_need_as_many_bins() -> None:
    """Three into two bins with room for all three."""
    replica = piece(1, 1, apart="tenant/db")
    assert pack(bins((9, 9), (9, 9)), {replica: 3}).left == {replica: 1}


def test_unequal_proportions_are_put_where_they_match() -> None:
    """Pieces of vcpus go to the bin of vcpus, else the memory of that bin blocks both."""
    wide, tall = piece(4, 1), piece(1, 4)
    assert not pack(bins((16, 4), (4, 16)), {wide: 4, tall: 4}).left


def test_a_piece_without_a_bin_makes_others_move() -> None:
    """What stays where it stood leaves 5 and 5 free; 10 need a whole bin."""
    small, large = piece(5), piece(10)
    before = {"bin-0": {small: 1}, "bin-1": {small: 1}}
    assert not pack(bins((10,), (10,)), {small: 2, large: 1}, before=before, anew=False).left


def test_without_bins_everything_is_left() -> None:
    """No host at all is an answer, not an error."""
    assert pack([], {piece(1): 2}).left == {piece(1): 2}
