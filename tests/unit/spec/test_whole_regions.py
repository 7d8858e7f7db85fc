"""The example regions that stand alone."""

from __future__ import annotations

from collections import Counter

from region_examples import EXAMPLES, TODAY

from orchestrator.flow.validate import validate
from policies import RULES


def test_estuaire_is_accepted_and_large_enough_to_compare_figures() -> None:
    """No error; what issue 6 asks for: 6 hosts, 5 tenants, 30 servers, 20 volumes, and every state of a tenant."""
    validation = validate(EXAMPLES / "regions" / "estuaire", RULES, TODAY)
    assert [one for one in validation.findings if one.severity.value == "error"] == []
    specs = validation.specs
    assert specs is not None
    tenants = specs.tenants.values()
    servers = sum(len(one.servers) + sum(pool.count for pool in one.desktop_pools) for one in tenants)
    assert servers >= 30
    assert sum(len(one.volumes) for one in tenants) >= 20
    assert len(specs.hosts) >= 6
    assert Counter(one.state.value for one in tenants) == {"active": 5, "suspended": 1, "retired": 1}
    assert {one.expires < TODAY for one in specs.waivers.values()} == {True, False}
