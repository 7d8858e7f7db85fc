"""A host is removed only when nothing stands on it, nothing runs on it, and its name was typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
import small_region
from fake_host_registry import FakeHostRegistry
from fake_host_services import carried_server
from fake_ledger import FakeLedger
from plan_cases import host

from orchestrator.errors import PolicyRefusal, UsageError
from orchestrator.flow.remove_host import Removal, remove_host
from orchestrator.model.host_duty import HostHoldings
from orchestrator.model.maintenance import maintenance_step
from orchestrator.model.plan import LedgerEntry, host_step
from orchestrator.model.site import Host, HostRole

EMPTY = HostHoldings(known=("nova-compute", "resource provider 4711"))
CARRYING = {
    "servers": HostHoldings(servers=(carried_server("web-1", "h0"),)),
    "allocations": HostHoldings(allocations=("0f2c",)),
    "volumes": HostHoldings(volumes=("77aa",)),
}


@dataclass
class Case:
    """`typed`: at the question."""

    spec: Host | None = field(default_factory=lambda: replace(host("h0", maintenance=True), roles=(HostRole.COMPUTE,)))
    held: HostHoldings = EMPTY
    typed: str = "h0"
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.registry = FakeHostRegistry(held={"h0": self.held})
        self.ledger = FakeLedger(
            *(
                LedgerEntry(step=step, digest="d", applied_at="t", resources=0, outputs={})
                for step in (host_step("h0"), maintenance_step("h0"))
            ),
            LedgerEntry(step="region", digest="d", applied_at="t", resources=0, outputs={}),
        )

    def remove(self, name: str = "h0") -> Removal:
        specs = replace(small_region.specs(), hosts={"h0": self.spec} if self.spec else {})
        return remove_host(specs, name, self.registry, self.ledger, self._confirm)

    def _confirm(self, name: str) -> None:
        self.asked.append(name)
        if self.typed != name:
            raise PolicyRefusal("not typed")


def test_an_empty_host_in_maintenance_is_forgotten() -> None:
    """By the cloud and by the ledger; that its file must go is told."""
    case = Case()
    removal = case.remove()
    assert case.registry.removed == ["h0"]
    assert removal.gone[:2] == EMPTY.known
    assert list(case.ledger.read()) == ["region"]
    assert "delete the file of Host h0" in removal.left[0]


def test_a_host_without_a_file_is_forgotten_too() -> None:
    """A missing file deletes nothing; this command does."""
    case = Case(spec=None)
    assert case.remove().left == ()
    assert case.registry.removed == ["h0"]


@pytest.mark.parametrize("what", CARRYING)
def test_a_host_that_carries_anything_stays(what: str) -> None:
    """Nova, Placement and Cinder are all asked; nobody is asked to confirm."""
    case = Case(held=CARRYING[what])
    with pytest.raises(PolicyRefusal, match=what[:-1]):
        case.remove()
    assert (case.registry.removed, case.asked) == ([], [])
    assert len(case.ledger.read()) == 3


def test_what_comes_while_the_question_stands_is_seen() -> None:
    """The cloud is asked again after the answer."""
    case = Case()
    case.registry.later["h0"] = CARRYING["servers"]
    with pytest.raises(PolicyRefusal, match="web-1"):
        case.remove()
    assert case.registry.removed == []


def test_another_name_typed_removes_nothing() -> None:
    """The name is the confirmation."""
    case = Case(typed="h1")
    with pytest.raises(PolicyRefusal, match="not typed"):
        case.remove()
    assert case.registry.removed == []
    assert len(case.ledger.read()) == 3


def test_services_that_run_keep_it() -> None:
    """They would make themselves known again."""
    case = Case(held=replace(EMPTY, running=("nova-compute",)))
    with pytest.raises(PolicyRefusal, match="still runs: nova-compute"):
        case.remove()


def test_a_host_in_use_by_its_spec_stays() -> None:
    """It leaves duty first."""
    case = Case(spec=replace(host("h0", maintenance=False), roles=(HostRole.COMPUTE,)))
    with pytest.raises(PolicyRefusal, match="in use by its spec"):
        case.remove()


def test_a_control_host_stays() -> None:
    """Its database is not this command's to take apart."""
    case = Case(spec=host("h0", maintenance=True))
    with pytest.raises(PolicyRefusal, match="control host"):
        case.remove()


def test_a_name_that_nobody_knows_is_a_mistake() -> None:
    """Most likely in typing."""
    case = Case()
    with pytest.raises(UsageError, match="h9"):
        case.remove("h9")


def test_cinder_services_are_left_to_do() -> None:
    """Cinder's API has no call that removes one."""
    case = Case(held=replace(EMPTY, known=("cinder-volume of lvm",)))
    assert case.remove().left[0] == "on a control host: cinder-manage service remove cinder-volume h0@lvm"
