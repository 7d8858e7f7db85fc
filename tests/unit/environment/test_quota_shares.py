"""A tenant's quota shared out among its projects."""

import pytest
from example_region import example_catalogue, example_tenant
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import SpecError
from orchestrator.model.catalogue import QuotaSize
from orchestrator.model.quota import COMPUTE, NETWORK, VOLUME
from orchestrator.model.tenant import Project, QuotaRequest, Tenant
from orchestrator.planning.environment.quota import project_quotas

CATALOGUE = example_catalogue()


def tenant(*projects: Project, **overrides: int) -> Tenant:
    example = example_tenant()
    fields = {name: getattr(example, name) for name in example.__slots__}
    return Tenant(**{**fields, "projects": projects, "quota": QuotaRequest(size="m", overrides=overrides)})


def test_every_project_gets_every_name_of_every_service() -> None:
    """A name left out would keep what somebody set by hand."""
    for quotas in project_quotas(CATALOGUE, tenant(Project(name="test"))).values():
        assert set(quotas.compute) == set(COMPUTE.values())
        assert set(quotas.volume) == set(VOLUME.values())
        assert set(quotas.network) == set(NETWORK.values())
        assert set(quotas.volume_by_tier) == {
            f"{what}_{tier}" for what in ("gigabytes", "snapshots", "volumes") for tier in ("fast", "slow")
        }


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=3))
def test_shares_add_up_to_the_whole(taken: list[int]) -> None:
    """What further projects take, the main project does not have."""
    projects = [Project(name=f"p{n}", quota={"vcpus": v, "storageGiB:fast": v}) for n, v in enumerate(taken)]
    quotas = project_quotas(CATALOGUE, tenant(*projects))
    assert sum(one.compute["cores"] for one in quotas.values()) == 100
    assert sum(one.volume_by_tier["gigabytes_fast"] for one in quotas.values()) == 100


def test_what_a_project_does_not_say_it_has_not() -> None:
    """Amounts are 0; limits of one thing, which are nobody's share, are the tenant's."""
    quotas = project_quotas(CATALOGUE, tenant(Project(name="test", quota={"vcpus": 10}), serverGroupMembers=7))
    test = quotas["test"].compute
    assert (test["cores"], test["instances"], test["server_group_members"]) == (10, 0, 7)
    assert (quotas["main"].compute["cores"], quotas["main"].compute["server_group_members"]) == (90, 7)


def test_every_project_has_room_for_the_group_that_neutron_makes_in_it() -> None:
    """One group with four rules, taken out of the main project's like the rest."""
    quotas = project_quotas(CATALOGUE, tenant(Project(name="test")))
    assert [quotas["test"].network[name] for name in ("security_group", "security_group_rule")] == [1, 4]
    assert [quotas["main"].network[name] for name in ("security_group", "security_group_rule")] == [99, 96]


def test_taking_more_than_there_is_is_a_spec_error() -> None:
    """It says who, what and how much."""
    greedy = Project(name="test", quota={"vcpus": 101})
    with pytest.raises(SpecError, match=r"tenant saintes: its projects take 101 of vcpus, its quota has 100") as caught:
        project_quotas(CATALOGUE, tenant(greedy))
    assert caught.value.hint


def test_an_unlimited_quota_stays_unlimited() -> None:
    """-1 is no amount to subtract from."""
    quotas = project_quotas(CATALOGUE, tenant(Project(name="test", quota={"ports": 5}), ports=-1))
    assert (quotas["main"].network["port"], quotas["test"].network["port"]) == (-1, 5)


def test_sizes_are_resolved_by_the_catalogues_own_arithmetic() -> None:
    """The tenant's multiplier reaches the services' numbers, rounded down."""
    size = QuotaSize(name="odd", values={"vcpus": 3, "memoryMiB": 1000})
    catalogue = example_catalogue()
    example = example_tenant()
    fields = {name: getattr(example, name) for name in example.__slots__}
    odd = Tenant(**{**fields, "projects": (), "quota": QuotaRequest(size="odd", multiplier=1.5)})
    fields = {name: getattr(catalogue, name) for name in catalogue.__slots__}
    quotas = project_quotas(type(catalogue)(**{**fields, "quota_sizes": {"odd": size}}), odd)
    assert (quotas["main"].compute["cores"], quotas["main"].compute["ram"]) == (4, 1500)
