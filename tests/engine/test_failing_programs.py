"""Programs that fail: the cause is told once, at once, and without traces.

What any engine does is in `contract/test_programs_that_fail.py`.
"""

from __future__ import annotations

import threading
import time
from collections import Counter

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, Program
from engine_failing import catching, errors, getting, looking_up, looking_up_later, raising
from engine_quiet import printed
from pulumi import automation as auto

LIMIT = 60.0  # seconds for what takes about one, on a machine with other things to do


def test_a_program_that_raises_is_told_without_its_trace(bench: Bench) -> None:
    """The message alone is an error; the trace is a debug event for whoever writes programs."""
    events: list[auto.EngineEvent] = []
    with pytest.raises(auto.InlineSourceRuntimeError, match="no such tenant: blue") as caught:
        bench.stack(raising).up(on_event=events.append)
    assert "Traceback" not in str(caught.value)
    told = [event.diagnostic_event for event in events if event.diagnostic_event]
    texts = [one.message for one in told if one.severity == "error"]
    assert texts == ["python inline source runtime error: no such tenant: blue", "update failed"]
    (trace,) = [one.message for one in told if one.severity == "debug"]
    assert trace.startswith("Traceback (most recent call last):")
    assert 'raise ValueError("no such tenant: blue")' in trace


@pytest.mark.parametrize("program", [looking_up, looking_up_later])
@pytest.mark.parametrize("seconds", [0.0, 0.05])
def test_a_look_up_that_finds_nothing_ends_three_stacks_quickly(
    bench: Bench, capfd: pytest.CaptureFixture[str], program: Program, seconds: float
) -> None:
    """Each of them says what was looked for, once, and nothing of how the program's server came down."""
    bench.faults.seconds = seconds
    found: Counter[str] = Counter()
    begun = time.monotonic()

    def run(name: str) -> None:
        for _ in range(3):
            texts, error = errors(bench.stack(program, name))
            found.update(texts)
            assert isinstance(error, auto.InlineSourceRuntimeError)

    threads = [threading.Thread(target=run, args=(f"s{index}",)) for index in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {
        "python inline source runtime error: invoking openstack:networking/getNetwork:getNetwork: "
        "openstack:networking/getNetwork:getNetwork: your query returned no results": 9,
        "update failed": 9,
    }
    assert time.monotonic() - begun < LIMIT
    assert printed(capfd) == ("", "")


def test_a_program_that_catches_a_failed_look_up_still_fails(bench: Bench) -> None:
    """What it looked for is not there, so nothing is deleted on the strength of what it makes of that."""
    bench.up(lambda: openstack.networking.Network("n", name="n1") and None)
    bench.calls()
    with pytest.raises(auto.InlineSourceRuntimeError, match="your query returned no results"):
        bench.up(catching)
    assert bench.calls() == []


def test_an_object_that_is_not_there_is_the_programs_mistake(bench: Bench) -> None:
    """`Type.get` of an id that nobody knows ends the program, whose error it is for the SDK, too."""
    texts, error = errors(bench.stack(getting))
    assert isinstance(error, auto.InlineSourceRuntimeError)
    assert texts[-1] == "update failed"
    assert {"does not exist" in text for text in texts[:-1]} == {True}
