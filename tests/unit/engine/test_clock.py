"""Times that another engine wrote."""

import pytest

from orchestrator.engine.state import clock


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T18:46:23.22007866Z",  # as Go writes it: zeros at the end are left out
        "2026-11-22T18:46:23.220Z",
        "2026-11-22T19:46:23.220078123+01:00",
    ],
)
def test_a_time_of_the_official_engine_is_told_as_the_sdk_reads_it(text: str) -> None:
    """A fraction of three digits in UTC, whatever stands in the state."""
    assert clock.with_milliseconds(clock.seconds(text)) == "2026-11-22T18:46:23.220Z"


def test_a_time_without_a_fraction_gets_one() -> None:
    """The SDK's parser asks for it."""
    assert clock.with_milliseconds(clock.seconds("2026-01-02T03:04:05Z")) == "2026-01-02T03:04:05.000Z"
