"""Where ids of other stacks come from: the ledger's word counts for a whole apply, the state's for one that was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fake_stack_engine import FakeStackEngine

from orchestrator.model.exported_ids import exported_ids
from orchestrator.model.plan import LedgerEntry


class Told(FakeStackEngine):
    """An engine whose state has these exports."""

    def __init__(self, **exports: Mapping[str, Any]) -> None:
        super().__init__()
        self._outputs = dict(exports)


def entry(digest: str, **outputs: object) -> dict[str, LedgerEntry]:
    """Of the tenant `owner`."""
    step = "tenant/owner"
    return {step: LedgerEntry(step=step, digest=digest, applied_at="", resources=1, outputs=outputs)}


def project(ledger: dict[str, LedgerEntry], **state: Mapping[str, Any]) -> str:
    return exported_ids(ledger, ["owner"], Told(**state).outputs).projects["owner"].get("main", "")


def test_the_ledger_tells_of_a_whole_apply() -> None:
    """The state is not asked: reading it costs a stack."""
    assert project(entry("d", projects={"main": "p1"}), owner={"projects": {"main": "p2"}}) == "p1"


def test_the_state_tells_of_one_that_did_not_finish() -> None:
    """What it made before it failed is newer than what the ledger kept from the time before."""
    assert project(entry("", projects={"main": "p1"}), owner={"projects": {"main": "p2"}}) == "p2"
    assert project({}, owner={"projects": {"main": "p2"}}) == "p2"


def test_what_was_known_before_stays_known() -> None:
    """A state that tells nothing does not make a network unknown that stood yesterday."""
    assert project(entry("", projects={"main": "p1"})) == "p1"
    assert project({}) == ""


def test_without_a_state_what_the_ledger_kept_counts() -> None:
    """Where nobody may look into the state: the last whole apply is the best that is known."""
    ids = exported_ids(entry("", projects={"main": "p1"}), ["owner", "other"])
    assert (ids.project("owner", "main"), ids.project("other", "main")) == ("p1", "")
