"""The packing benchmark counts right, and refuses to count what cannot be."""

from __future__ import annotations

import packing
import pytest
from measurement.errors import BenchmarkError
from packings.cases import case
from packings.ours import fewest


def answers(*hosts: int | str | None) -> dict[str, object]:
    return {"hosts": list(hosts), "seconds": 1.0}


def test_hosts_more_than_needed_are_counted() -> None:
    """Of 2, 3 and 4 one more; one without an answer, one undecided, one impossible."""
    told = packing.verdict(answers(2, 4, 4, None, 5, None), answers(2, 3, 4, 6, "?", None))
    assert told.ours == pytest.approx(10 / 9)
    assert not told.reached
    assert (told.further["more"], told.further["refused"], told.further["undecided"]) == ({"0": 2, "1": 1}, 1, 1)


@pytest.mark.parametrize(("ours", "exact"), [(2, 3), (2, None)])
def test_better_than_exact_is_an_error(ours: int, exact: int | None) -> None:
    """One of the two is wrong then, and no figure is to be published."""
    with pytest.raises(BenchmarkError):
        packing.verdict(answers(ours), answers(exact))


def test_the_same_seed_gives_the_same_case() -> None:
    """Both contenders get what the other one gets, whenever it runs."""
    assert case(7) == case(7) != case(8)


def test_the_fewest_hosts_are_found_in_their_order() -> None:
    """Four pieces of 5 on hosts of 10: two, the third is not needed."""
    row = {"hosts": [[10], [10], [10]], "pieces": [{"size": [5], "count": 4, "apart": ""}]}
    assert fewest(row) == 2
    assert fewest({**row, "hosts": [[10]]}) is None
