"""Which ids may change between plan and step: those that were not known yet, and those of the region."""

from __future__ import annotations

from small_region import specs, tenant

from orchestrator.model.known_ids import KnownIds, NetworkIds
from orchestrator.model.sharing import SharedNetwork
from orchestrator.planning.changed_ids import changed_ids
from orchestrator.planning.environment import tenant_environment

LAN = SharedNetwork(tenant="owner", network="lan", agreement="C", name="lan", project="caen")
CAEN = tenant_environment(specs(tenant("caen", networks=(), shared_networks=(LAN,)), tenant("owner")), "caen")


def ids(network: str, **of_region: dict[str, str]) -> KnownIds:
    return KnownIds(networks={"owner": {"lan": NetworkIds(network=network, subnet="s")}}, **of_region)


def test_another_network_is_named() -> None:
    """Its subnet alone is enough, in whose range the addresses are."""
    said = "network lan of tenant owner is another one than when this was planned; plan again"
    assert changed_ids(CAEN, ids("n1"), ids("n2")) == said
    other = KnownIds(networks={"owner": {"lan": NetworkIds(network="n1", subnet="another")}})
    assert changed_ids(CAEN, ids("n1"), other) == said


def test_what_was_not_known_was_reviewed_as_such() -> None:
    """And what is the same is the same."""
    assert changed_ids(CAEN, KnownIds(), ids("n1")) == ""
    assert changed_ids(CAEN, ids("n1"), ids("n1")) == ""


def test_a_renewed_image_holds_nobody_back() -> None:
    """Servers keep the one that they were made from."""
    assert changed_ids(CAEN, ids("n1", images={"debian": "a"}), ids("n1", images={"debian": "b"})) == ""
