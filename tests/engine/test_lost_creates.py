"""What only the embedded engine does after a failure: lost creates are found again, and no outputs are made up."""

from __future__ import annotations

import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from engine_programs import three_in_a_row
from pulumi import automation as auto


def test_outputs_of_a_failed_run_hold_no_markers(bench: Bench) -> None:
    """What became unknown is not exported; what was known before stays."""
    bench.faults.refuse_create.add("n1")
    with pytest.raises(auto.CommandError):
        bench.up(three_in_a_row, continue_on_error=True)
    assert set(bench.stack(three_in_a_row).outputs()) == {"pid"}


def test_a_create_whose_answer_was_lost_is_found_again(bench: Bench) -> None:
    """The connection broke after the POST: the next run looks for the object and adopts it."""

    def single() -> None:
        openstack.networking.Network("n", name="n1")

    bench.faults.lost_answer.add("n1")
    with pytest.raises(auto.CommandError, match="connection lost"):
        bench.up(single)
    assert [found["type"] for found in bench.pending()] == ["creating"]
    bench.faults.lost_answer.clear()
    assert bench.up(single) == {"same": 2}
    assert list(bench.cloud.objects()) == [bench.recorded()["n"]["id"]]
    assert bench.pending() == []


def test_an_interrupt_while_leftovers_are_looked_for_leaves_them_open(bench: Bench) -> None:
    """It ends as any interrupted operation does; the next run looks again."""

    def single() -> None:
        openstack.networking.Network("n", name="n1")

    bench.faults.lost_answer.add("n1")
    with pytest.raises(auto.CommandError, match="connection lost"):
        bench.up(single)
    bench.faults.lost_answer.clear()
    bench.command.interrupt()
    with pytest.raises(auto.CommandError, match="interrupted: no new steps were begun"):
        bench.up(single)
    assert [found["type"] for found in bench.pending()] == ["creating"]
    assert len(bench.cloud.objects()) == 1


def test_several_objects_that_may_be_it_stop_the_operation(bench: Bench) -> None:
    """Nothing is guessed: the message lists the ids, and the intent stays for the next time."""

    def single() -> None:
        openstack.networking.Network("n", name="n1")

    bench.faults.lost_answer.add("n1")
    with pytest.raises(auto.CommandError):
        bench.up(single)
    bench.faults.lost_answer.clear()
    with bench.cloud.change() as objects:
        (found,) = objects.values()
        objects["22222222-twin"] = found
    bench.calls()
    with pytest.raises(auto.CommandError, match="several objects may be the one"):
        bench.up(single)
    assert bench.calls() == []
    assert len(bench.pending()) == 1
    with bench.cloud.change() as objects:
        del objects["22222222-twin"]
    assert bench.up(single) == {"same": 2}


def test_a_fault_of_the_provider_itself_is_an_outcome(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a crash: it is told, what was made is recorded, and the doubtful create is looked for afterwards."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError("status")

    monkeypatch.setattr("engine_fake_cloud.FakeSession.update", broken)
    bench.up(three_in_a_row)
    with pytest.raises(auto.CommandError, match="the engine failed: KeyError: 'status'"):
        bench.up(lambda: openstack.identity.Project("p", name="p1", description="x") and None)
    assert set(bench.recorded()) == {"p", "n", "s"}
    assert [found["type"] for found in bench.pending()] == ["updating"]
    monkeypatch.undo()
    assert bench.up(three_in_a_row) == {"same": 4}
    assert bench.pending() == []


def test_a_person_may_say_what_became_of_an_interrupted_create(bench: Bench) -> None:
    """`--import-pending-creates` takes the named object over, though it could not be told which one it is."""
    bench.faults.lost_answer.add("p1")
    with pytest.raises(auto.CommandError):
        bench.up(lambda: openstack.identity.Project("p", name="p1") and None)
    bench.faults.lost_answer.clear()
    (mine,) = bench.cloud.named("p1")
    with bench.cloud.change() as objects:
        objects["another"] = objects[mine]
    urn = bench.urn("identity/project:Project", "p")

    def refresh(*more: str) -> None:
        arguments = ["refresh", "--yes", "--skip-preview", *more, "--stack", "acme"]
        bench.command.run(arguments, str(bench.root / "work" / "acme"), bench.environment)

    def named(urn: str, identity: str) -> tuple[str, ...]:
        return ("--import-pending-creates", urn, "--import-pending-creates", identity)

    with pytest.raises(auto.CommandError, match="several objects may be the one"):
        refresh()
    with pytest.raises(auto.CommandError, match="no such id does not exist"):
        refresh(*named(urn, "no such id"))
    with pytest.raises(auto.CommandError, match="no interrupted create of 'urn:nobody' is recorded"):
        refresh(*named("urn:nobody", mine))
    assert len(bench.pending()) == 1
    refresh(*named(urn, mine))
    assert bench.recorded()["p"]["id"] == mine
    assert bench.pending() == []


def test_interrupted_creates_may_be_forgotten(bench: Bench) -> None:
    """`--clear-pending-creates`: nobody looks for them, and nothing is recorded of them."""
    bench.faults.lost_answer.add("p1")
    with pytest.raises(auto.CommandError):
        bench.up(lambda: openstack.identity.Project("p", name="p1") and None)
    bench.stack().refresh(clear_pending_creates=True)
    assert bench.pending() == []
    assert bench.recorded() == {}
