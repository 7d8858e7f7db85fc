"""Programs that raise, and look-ups that find nothing: the operation fails, says why, and takes nothing away."""

from __future__ import annotations

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, Program
from engine_failing import errors, getting, looking_up, looking_up_later, raising
from pulumi import automation as auto


def before() -> None:
    openstack.networking.Network("before", name="n0")


def test_a_program_that_raises_fails_with_its_message(bench: Bench) -> None:
    """In the SDK's error for programs and in the diagnostics; what the program did not come to stays."""
    bench.up(before)
    texts, error = errors(bench.stack(raising))
    assert isinstance(error, auto.InlineSourceRuntimeError)
    assert "no such tenant: blue" in str(error)
    assert any("no such tenant: blue" in text for text in texts)
    assert ("delete", "Network") not in bench.calls()
    assert "before" in bench.recorded()


@pytest.mark.parametrize("program", [looking_up, looking_up_later])
def test_a_look_up_that_finds_nothing_fails_and_says_what_it_was(bench: Bench, program: Program) -> None:
    """The function and the provider's own words; nothing is deleted, and a second run says the same."""
    bench.up(before)
    for _ in range(2):
        texts, error = errors(bench.stack(program))
        assert isinstance(error, auto.InlineSourceRuntimeError)
        said = "openstack:networking/getNetwork:getNetwork: your query returned no results"
        assert any(said in text for text in texts)
    assert ("delete", "Network") not in bench.calls()
    assert "before" in bench.recorded()


def test_an_object_that_is_not_there_ends_the_operation(bench: Bench) -> None:
    """`Type.get` of an id that nobody knows, with resources that stand on it: told, and nothing is done."""
    texts, _ = errors(bench.stack(getting))
    assert any("does not exist" in text for text in texts)
    assert bench.calls() == []
