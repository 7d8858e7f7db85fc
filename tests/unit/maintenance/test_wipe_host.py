"""Which disk is wiped, and by whom: the questions before Ansible is asked to."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from fake_host_applier import FakeHostApplier
from fake_host_registry import FakeHostRegistry
from fake_host_services import carried_server
from small_hosts import control, host, installed

from orchestrator.errors import PermanentFailure, PolicyRefusal, TemporaryFailure, UsageError
from orchestrator.flow.wipe_host import VARIABLE, refuse_wipe, wipe_disk
from orchestrator.model.host_duty import HostHoldings
from orchestrator.model.site import Disk
from orchestrator.planning.hosts.inventory import host_inventory

DISK = "/dev/nvme1n1"
SPECS = installed(
    control("c1", 1),
    host("h1", 2, maintenance=True, disks=(Disk(device=DISK, size_gib=960, kind="nvme"),)),
    host("h2", 3, disks=(Disk(device=DISK, size_gib=960, kind="nvme"),)),
)
CARRYING = HostHoldings(servers=(carried_server("web-1", "h1"),))


@dataclass
class Case:
    registry: FakeHostRegistry = field(default_factory=FakeHostRegistry)
    applier: FakeHostApplier = field(default_factory=FakeHostApplier)
    typed: str = "h1"

    def wipe(self) -> None:
        wipe_disk(host_inventory(SPECS), "h1", DISK, self.registry, self.applier, self._confirm, lambda *_: None)

    def _confirm(self, name: str) -> None:
        if self.typed != name:
            raise PolicyRefusal("not typed")


def test_one_disk_of_one_host_is_named_to_the_machine() -> None:
    """The variable stands at that host alone; no other host is touched."""
    case = Case()
    case.wipe()
    assert case.applier.calls == [("apply", ("h1",))]
    assert f"'{VARIABLE}': '{DISK}'" in case.applier.held["h1"]


def test_a_host_that_carries_servers_is_not_wiped() -> None:
    """Neither before the question nor when one came while it stood."""
    for registry in (FakeHostRegistry(held={"h1": CARRYING}), FakeHostRegistry(later={"h1": CARRYING})):
        case = Case(registry=registry)
        with pytest.raises(PolicyRefusal, match="web-1"):
            case.wipe()
        assert case.applier.calls == []


def test_another_name_typed_wipes_nothing() -> None:
    """The name is the confirmation."""
    case = Case(typed="h2")
    with pytest.raises(PolicyRefusal, match="not typed"):
        case.wipe()
    assert case.applier.calls == []


def test_what_the_machine_refuses_is_told() -> None:
    """A mounted disk fails the role; a machine that is away is worth a retry."""
    failing, away = Case(), Case()
    failing.applier.failing.add("h1")
    away.applier.away.add("h1")
    with pytest.raises(PermanentFailure, match="was not wiped: the unit failed"):
        failing.wipe()
    with pytest.raises(TemporaryFailure, match="timed out"):
        away.wipe()


def test_only_disks_of_the_spec_of_a_host_in_maintenance() -> None:
    """Said before anybody is asked anything."""
    refuse_wipe(SPECS, "h1", DISK)
    with pytest.raises(UsageError, match="/dev/sda is no disk"):
        refuse_wipe(SPECS, "h1", "/dev/sda")
    with pytest.raises(UsageError, match="h9"):
        refuse_wipe(SPECS, "h9", DISK)
    with pytest.raises(PolicyRefusal, match="in duty"):
        refuse_wipe(SPECS, "h2", DISK)
