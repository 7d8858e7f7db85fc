"""Questions to the region of conftest.py: with racks r1 (a1, a2) and r2 (b1) at north, c1 alone at south.

North has 128 vcpus and 180 GiB on each of a1 and a2, 256 and 360 GiB on b1; south 64 and 96 GiB.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestrator.capacity.ground import Ground, ground
from orchestrator.capacity.what_if.answer import answer
from orchestrator.capacity.what_if.change import domain, lose, retire
from orchestrator.capacity.what_if.changed import changed
from orchestrator.capacity.what_if.question import Machines, question
from orchestrator.capacity.what_if.sweep import sweep
from orchestrator.errors import UsageError
from orchestrator.model.capacity import Resource
from orchestrator.model.catalogue import Flavor
from orchestrator.model.region import FailureDomain, Reserve
from orchestrator.model.site import Purchase
from orchestrator.model.snapshot import InventorySnapshot
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Guarantee, Server, Survives
from orchestrator.model.what_if import Remedy, WhatIf
from orchestrator.reporting.what_if_json import sweep_to_data, what_if_to_data
from orchestrator.reporting.what_if_text import sweep_to_text, what_if_to_text

GIB = 2**30
SHARE = Guarantee(vcpus=8, memory_mib=300 * 1024)


@pytest.fixture
def region(specs: Specs) -> Specs:
    """Alpha at north: one server of 300 GiB, which only b1 takes. Nothing is reserved. A host costs a unit a thread."""
    huge = Flavor(name="huge", vcpus=8, memory_mib=300 * 1024, disk_gib=0)
    server = Server(name="db", display_name="db", project="alpha", flavor="huge", image="i", networks=())
    alpha = replace(specs.tenants["alpha"], guarantee=SHARE, servers=(server,))
    others = {name: replace(one, guarantee=Guarantee()) for name, one in specs.tenants.items()}
    hosts = {
        name: replace(
            host,
            rack="r2" if name == "b1" else "r1",
            purchase=Purchase(date=host.purchase.date, price=float(host.threads), amortisation_years=5),
        )
        for name, host in specs.hosts.items()
    }
    return replace(
        specs,
        region=replace(specs.region, reserve=Reserve()),
        hosts=hosts,
        catalogue=replace(specs.catalogue, flavors={"huge": huge}),
        tenants={**others, "alpha": alpha},
    )


def asked(
    specs: Specs, *, lose: tuple[str, ...] = (), add: tuple[str, ...] = (), retire: tuple[str, ...] = ()
) -> WhatIf:
    given, said = changed(specs, None, question(lose, add, retire), {})
    return answer(given, said, lost=bool(lose))


def with_share(region: Specs, tenant: str, guarantee: Guarantee) -> Specs:
    changed_tenant = replace(region.tenants[tenant], guarantee=guarantee)
    return replace(region, tenants={**region.tenants, tenant: changed_tenant})


def test_a_lost_host_names_the_server_that_finds_no_other(region: Specs) -> None:
    """a1 and a2 have 360 GiB together, and no hole of 300."""
    told = asked(region, lose=("host=b1",))
    (misfit,) = told.judged.misfits
    assert [(one.tenant, one.servers) for one in misfit.unplaced] == [("alpha", ("db",))]
    assert misfit.missing[Resource.MEMORY] == 300 * GIB
    assert not told.judged.shortfalls


def test_a_host_that_is_not_needed_may_go(region: Specs) -> None:
    """The server stands on b1."""
    assert asked(region, lose=("host=a1",)).judged.fits


def test_what_to_buy_is_what_packing_needs_not_the_sum(region: Specs) -> None:
    """A machine of a1's kind takes 180 GiB: no number of them helps, one like b1 does."""
    told = asked(region, lose=("host=b1",))
    assert told.remedies == (
        Remedy(site="north", like="b1", count=1, price=64.0),
        Remedy(site="north", like="a1", count=0, price=0.0),
    )
    assert "no number helps" in what_if_to_text(told)


def test_the_number_to_buy_is_the_smallest(region: Specs) -> None:
    """256 + 128 + 128 vcpus are there; 1000 need 488 more: 4 machines of 128, 2 of 256."""
    told = asked(with_share(region, "beta", Guarantee(vcpus=992)))
    assert {(one.like, one.count, one.price) for one in told.remedies} == {("a1", 4, 128.0), ("b1", 2, 128.0)}


def test_machines_added_in_thought_take_what_did_not_fit(region: Specs) -> None:
    """b1 is lost, one like it comes; names need no counting."""
    told = asked(region, lose=("host=b1",), add=("host=b1x1",))
    assert told.judged.fits
    assert told.changes == ("lose host b1", "add 1 x b1")


def test_after_a_loss_nothing_is_kept_back_but_the_next_loss_is_told(region: Specs) -> None:
    """The reserve of one host is used up: 300 vcpus fit on a2 and b1, and not if one of these goes too."""
    reserved = with_share(region, "beta", Guarantee(vcpus=300))
    reserved = replace(reserved, region=replace(reserved.region, reserve=Reserve(hosts=1)))
    told = asked(reserved, lose=("host=a1",))
    assert told.judged.fits
    assert [one.resource for one in told.next_loss.guaranteed] == [Resource.VCPUS, Resource.MEMORY]
    assert "the reserve is not whole" in what_if_to_text(told)


def test_without_a_loss_the_reserve_is_kept(region: Specs) -> None:
    """As at validate: with one host kept back there is no second b1 for the server."""
    reserved = replace(region, region=replace(region.region, reserve=Reserve(hosts=1)))
    told = asked(reserved, retire=("gamma",))
    assert [(one.loss.name if one.loss else "") for one in told.judged.misfits] == ["b1"]


def test_a_retired_tenant_makes_room(region: Specs) -> None:
    """Alpha is the only one with a share."""
    assert not asked(region, lose=("host=b1",)).judged.fits
    assert asked(region, lose=("host=b1",), retire=("alpha",)).judged.fits


def test_a_lost_site_takes_its_tenants_down_but_for_those_that_survive_it(region: Specs) -> None:
    """Alpha is down as agreed; asking for more, it needs a hole of 300 GiB at south, which has 96."""
    told = asked(region, lose=("site=north",))
    assert (told.judged.fits, told.down) == (True, ("alpha", "beta"))
    told = asked(with_share(region, "alpha", replace(SHARE, survives=Survives.SITE)), lose=("site=north",))
    assert (told.judged.fits, told.down) == (False, ("beta",))
    assert {one.site for one in told.remedies} == {"south"}


def test_who_survives_nothing_is_the_first_to_find_no_host(region: Specs) -> None:
    """512 vcpus for 20 parts too many: beta, not alpha, goes without."""
    crowded = with_share(region, "beta", Guarantee(vcpus=600, survives=Survives.NONE))
    (misfit,) = asked(crowded).judged.misfits
    assert misfit.tenants == ("beta",)


def test_a_sweep_has_one_line_for_losses_of_equal_hosts(region: Specs) -> None:
    """a1 and a2 are alike; only b1 is missed."""
    lines = sweep(ground(region), FailureDomain.HOST)
    assert [(one.domain.name, one.like, one.misfit is None) for one in lines] == [
        ("a1", 1, True),
        ("b1", 0, False),
        ("c1", 0, True),
    ]
    assert "1 tenant finds no host (alpha): 8 vcpus, 300 GiB of memory missing" in sweep_to_text(lines)
    assert [one["fits"] for one in sweep_to_data(lines)["losses"]] == [True, False, True]


def test_racks_and_sites_are_swept_too(region: Specs) -> None:
    """Without r1 the server stays where it is; nobody survives a site."""
    assert [one.misfit is None for one in sweep(ground(region), FailureDomain.RACK)] == [True, False, True]
    assert [one.misfit is None for one in sweep(ground(region), FailureDomain.SITE)] == [True, True]


def test_the_running_cloud_is_asked_the_same_questions(region: Specs, snapshot: InventorySnapshot) -> None:
    """Placement gives b1 63.5 GiB: the server fits nowhere, whatever the specs say."""
    given, _ = changed(region, snapshot, question((), (), ("gamma",)), {})
    assert [one.tenants for one in answer(given, (), lost=False).judged.misfits] == [("alpha",)]


def test_the_answer_is_data_too(region: Specs) -> None:
    """Amounts in base units, by resource."""
    told = what_if_to_data(asked(region, lose=("host=b1",)))
    assert (told["fits"], told["changes"], told["supply"]) == (False, ["lose host b1"], "specs")
    assert told["misfits"][0]["missing"]["memory"] == 300 * GIB
    assert told["buy"][0] == {"site": "north", "like": "b1", "count": 1, "price": 64.0}
    assert told["buy"][1] == {"site": "north", "like": "a1", "count": None, "price": None}


@pytest.mark.parametrize("text", ["nord", "host=", "planet=x", "=x"])
def test_a_question_that_is_not_understood_is_refused(text: str) -> None:
    """With what may be written."""
    with pytest.raises(UsageError) as caught:
        question((text,), (), ())
    assert "host|rack|feed|site" in caught.value.hint


def test_numbers_of_machines_are_read_off_the_end() -> None:
    """A name may hold an x itself."""
    assert question((), ("host=max-2x10",), ()).machines == (Machines(like="max-2", count=10),)
    assert question((), ("host=max-2",), ()).machines == (Machines(like="max-2", count=1),)


def test_names_that_nothing_bears_are_refused_with_the_known_ones(region: Specs) -> None:
    """Domains, hosts, tenants."""
    given: Ground = ground(region)
    with pytest.raises(UsageError, match="no rack north/r9"):
        domain(given, FailureDomain.RACK, "north/r9")
    with pytest.raises(UsageError, match="no tenant omega"):
        retire(given, "omega")
    with pytest.raises(UsageError, match="no compute host z9"):
        changed(region, None, question((), ("host=z9x2",), ()), {})


def test_a_domain_takes_its_hosts_with_it(region: Specs) -> None:
    """Rack r1 of north, not of south."""
    given = ground(region)
    left = lose(given, domain(given, FailureDomain.RACK, "north/r1")).hosts
    assert sorted(host.name for host in left) == ["b1", "c1", "m1"]
