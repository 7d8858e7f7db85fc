"""Programs that raise, and look-ups that find nothing: the cause is told once, at once, and without traces."""

from __future__ import annotations

import threading
import time
from collections import Counter

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, Program
from engine_quiet import printed
from pulumi import automation as auto

LIMIT = 60.0  # seconds for what takes about one, on a machine with other things to do


def raising() -> None:
    openstack.networking.Network("n", name="n1")
    raise ValueError("no such tenant: blue")


def looking_up() -> None:
    """The plain form: raises in the program itself, with registrations still open."""
    for index in range(12):
        openstack.networking.Network(f"n{index}", name=f"n{index}")
    openstack.networking.get_network(name="nowhere")


def looking_up_later() -> None:
    """The output form, many at once: whichever answer the program meets first, the cause is the look-up."""
    for index in range(12):
        network = openstack.networking.Network(f"n{index}", name=f"n{index}")
        found = openstack.networking.get_network_output(name="nowhere")
        subnet = openstack.networking.Subnet(
            f"s{index}", name=f"s{index}", network_id=found.id, cidr="10.0.0.0/24", ip_version=4
        )
        openstack.networking.Subnet(f"t{index}", name=subnet.name, network_id=network.id, cidr="10.1.0.0/24")


def errors(stack: auto.Stack) -> tuple[list[str], auto.CommandError]:
    """The error diagnostics of an up that fails, and what the SDK makes of it."""
    events: list[auto.EngineEvent] = []
    with pytest.raises(auto.CommandError) as caught:
        stack.up(on_event=events.append)
    told = [event.diagnostic_event for event in events if event.diagnostic_event]
    return [one.message for one in told if one.severity == "error"], caught.value


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

    def catching() -> None:
        try:
            openstack.networking.get_network(name="nowhere")
        except Exception:  # noqa: BLE001  what a careless program does
            return

    bench.up(lambda: openstack.networking.Network("n", name="n1") and None)
    bench.calls()
    with pytest.raises(auto.InlineSourceRuntimeError, match="your query returned no results"):
        bench.up(catching)
    assert bench.calls() == []


def test_an_object_that_is_not_there_ends_the_program(bench: Bench) -> None:
    """`Type.get` of an id that nobody knows, with resources that stand on it."""

    def getting() -> None:
        for index in range(6):
            network = openstack.networking.Network.get(f"n{index}", f"no-such-{index}")
            openstack.networking.Subnet(f"s{index}", network_id=network.id, cidr="10.0.0.0/24", name=network.name)

    texts, error = errors(bench.stack(getting))
    assert isinstance(error, auto.InlineSourceRuntimeError)
    assert set(texts) >= {"update failed"}
    assert all("does not exist" in text for text in texts[:-1])
    assert bench.calls() == []
