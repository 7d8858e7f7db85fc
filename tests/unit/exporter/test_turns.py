"""What is done in the background: again and again, whatever it raises, and no longer than it is wanted."""

from __future__ import annotations

import threading

import pytest

from orchestrator.adapters.exporter_prometheus.turns import Turns
from orchestrator.errors import PermanentFailure

LONG = 60.0


class Counting:
    """A turn that raises, and says when it has been done so often."""

    def __init__(self, times: int, error: Exception | None) -> None:
        self.left = times
        self.done = threading.Event()
        self.error = error

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.done.set()
        if self.error:
            raise self.error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (None, set()),
        (PermanentFailure("no state"), {("drift failed: no state", False)}),
        (ValueError("a bug"), {("drift failed; please report this", True)}),
    ],
)
def test_a_turn_that_fails_is_followed_by_the_next(
    error: Exception | None, told: set[tuple[str, bool]], caplog: pytest.LogCaptureFixture
) -> None:
    """A failure of any kind is logged, with its trace if it is a mistake of ours, and nothing else happens."""
    turn = Counting(3, error)
    with Turns("drift", turn, 0.01):
        assert turn.done.wait(LONG)
    found = [(one.getMessage(), bool(one.exc_info)) for one in caplog.records]
    assert {(words, trace) for words, trace in found if words.startswith("drift")} == told


def test_the_first_turn_is_at_once_and_none_comes_after_the_end() -> None:
    """A pause of an hour does not hold up the end."""
    turn = Counting(1, None)
    with Turns("drift", turn, 3600.0) as turns:
        assert turn.done.wait(LONG)
    assert turn.left == 0
    assert not turns.alive
