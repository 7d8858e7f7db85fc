"""`--run-program`: refresh and destroy take credentials from the program instead of the state."""

from __future__ import annotations

from collections.abc import Callable

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def program(password: str, *, extra: bool = False) -> None:
    provider = openstack.Provider("p", user_name="deployer", password=password)
    options = pulumi.ResourceOptions(provider=provider)
    network = openstack.networking.Network("n", name="n1", opts=options)
    subnet = openstack.networking.Subnet(
        "s", name="s1", network_id=network.id, cidr="10.0.0.0/24", ip_version=4, opts=options
    )
    if extra:
        new = openstack.networking.Router("r", name="r1", opts=options)
        openstack.networking.RouterInterface("i", router_id=new.id, subnet_id=subnet.id, opts=options)
    pulumi.export("network", network.id)


def passwords(bench: Bench) -> set[str]:
    """With which sessions were made since the last time this was asked."""
    found = {str(configuration.get("password")) for configuration, _ in bench.provider.sessions}
    bench.provider.sessions.clear()
    return found


def with_password(text: str, *, extra: bool = False) -> Callable[[], None]:
    return lambda: program(text, extra=extra)


def test_destroy_takes_credentials_from_the_program(bench: Bench) -> None:
    """A rotated password deletes what an old one made; what the program adds is not made first."""
    bench.up(with_password("old"))
    assert passwords(bench) == {"old"}
    bench.calls()
    done = bench.stack(with_password("new", extra=True)).destroy(run_program=True)
    assert done.summary.resource_changes == {"delete": 4}
    assert passwords(bench) == {"new"}
    assert bench.calls() == [("delete", "Subnet"), ("delete", "Network")]
    assert bench.cloud.objects() == {}


def test_without_it_they_come_from_the_state(bench: Bench) -> None:
    """As in the official engine."""
    bench.up(with_password("old"))
    passwords(bench)
    bench.stack(with_password("new")).destroy(run_program=False)
    assert passwords(bench) == {"old"}


def test_refresh_takes_credentials_from_the_program(bench: Bench) -> None:
    """Nothing but what is recorded is read, nothing is made, and outputs stay."""
    bench.up(with_password("old"))
    passwords(bench)
    bench.calls()
    stack = bench.stack(with_password("new", extra=True))
    assert stack.preview_refresh(run_program=True).change_summary
    assert stack.refresh(run_program=True).summary.resource_changes == {"same": 4}
    assert passwords(bench) == {"new"}
    assert bench.calls() == []
    assert set(stack.outputs()) == {"network"}
    assert bench.up(with_password("new")) == {"same": 4}


def test_a_program_that_raises_deletes_nothing(bench: Bench) -> None:
    """Without its providers there is no telling with whose credentials."""
    bench.up(with_password("old"))
    bench.calls()

    def raising() -> None:
        program("new")
        raise ValueError("no such vault")

    with pytest.raises(auto.InlineSourceRuntimeError, match="no such vault"):
        bench.stack(raising).destroy(run_program=True)
    assert bench.calls() == []
    assert len(bench.recorded()) == 2


def test_protection_counts_with_a_program_too(bench: Bench) -> None:
    """What is recorded as protected stays."""

    def protected() -> None:
        openstack.networking.Network("n", name="n1", opts=pulumi.ResourceOptions(protect=True))

    bench.up(protected)
    with pytest.raises(auto.CommandError, match="cannot be deleted"):
        bench.stack(protected).destroy(run_program=True)
    assert len(bench.recorded()) == 1
