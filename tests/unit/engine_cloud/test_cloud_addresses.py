"""Addresses that leave a port while floating IPs lead to it: which go, which stay, and in which order."""

from typing import Any

import pytest

from orchestrator.engine.cloud.resources.port_addresses import released
from orchestrator.engine.provider import ProviderError


class Neutron:
    """One port, the floating IPs that lead to it, and what was asked for."""

    def __init__(self, present: list[dict[str, str]], led_to: list[str]) -> None:
        self.present = present
        self.floating = [
            {"id": f"f{index}", "floating_ip_address": f"203.0.113.{index}", "fixed_ip_address": address}
            for index, address in enumerate(led_to)
        ]
        self.puts: list[tuple[str, Any]] = []

    def service(self) -> "Neutron":
        return self

    def all(self, path: str, many: str, **query: Any) -> list[dict[str, Any]]:
        assert (path, many, query) == ("floatingips", "floatingips", {"port_id": "p"})
        return self.floating

    def get(self, path: str) -> Any:
        assert path == "ports/p"
        return {"port": {"fixed_ips": self.present}}

    def put(self, path: str, body: Any) -> Any:
        self.puts.append((path, body))
        wanted = body.get("port", {}).get("fixed_ips", [])
        return {"port": {"fixed_ips": [{"ip_address": "10.0.0.99", **address} for address in wanted]}}


def _address(text: str, subnet: str = "s") -> dict[str, str]:
    return {"subnet_id": subnet, "ip_address": text}


def test_a_port_that_no_floating_ip_leads_to_gets_what_is_wanted() -> None:
    """One look, and nothing else."""
    neutron = Neutron([_address("10.0.0.1")], [])

    assert released(neutron, "p", [_address("10.0.0.2")]) == [_address("10.0.0.2")]  # type: ignore[arg-type]  # stands in for an Action
    assert neutron.puts == []


def test_an_address_that_stays_is_left_alone() -> None:
    """Named, or as any address of its subnet."""
    for wanted in ([_address("10.0.0.1"), _address("10.0.0.2")], [{"subnet_id": "s"}]):
        neutron = Neutron([_address("10.0.0.1")], ["10.0.0.1"])

        assert released(neutron, "p", wanted) == wanted  # type: ignore[arg-type]  # as above
        assert neutron.puts == []


def test_a_floating_ip_is_led_on_before_its_address_goes() -> None:
    """To an address of the same subnet, never to one of IPv6; the port has both until then."""
    neutron = Neutron([_address("10.0.0.1")], ["10.0.0.1"])
    wanted = [_address("2001:db8::2", "six"), _address("10.1.0.2", "other"), {"subnet_id": "s"}]
    wanted[2]["ip_address"] = "10.0.0.2"

    assert released(neutron, "p", wanted) == wanted  # type: ignore[arg-type]  # as above
    assert neutron.puts == [
        ("ports/p", {"port": {"fixed_ips": [_address("10.0.0.1"), *wanted]}}),
        ("floatingips/f0", {"floatingip": {"port_id": "p", "fixed_ip_address": "10.0.0.2"}}),
    ]


def test_an_address_that_neutron_chooses_is_known_afterwards() -> None:
    """Of another subnet than the one that goes; what is sent at last names it."""
    neutron = Neutron([_address("10.0.0.1")], ["10.0.0.1"])

    assert released(neutron, "p", [{"subnet_id": "t"}]) == [_address("10.0.0.99", "t")]  # type: ignore[arg-type]  # as above


def test_a_floating_ip_that_would_lead_nowhere_is_told() -> None:
    """Before Neutron says so in its own words, and with what to do."""
    neutron = Neutron([_address("10.0.0.1")], ["10.0.0.1"])

    with pytest.raises(ProviderError, match=r"no IPv4 address left for floating IP 203.0.113.0.*lead it elsewhere"):
        released(neutron, "p", [_address("2001:db8::2")])  # type: ignore[arg-type]  # as above
