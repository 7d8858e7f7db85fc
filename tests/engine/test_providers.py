"""Which provider carries out what: given, inherited, or the default one."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


class Home(pulumi.ComponentResource):
    """A component with a network in it, and one in a component in it."""

    def __init__(self, name: str, *, depth: int = 1, **options: Any) -> None:
        super().__init__("test:index:Home", name, None, pulumi.ResourceOptions(**options))
        openstack.networking.Network(f"{name}-net", name=f"{name}-net", opts=pulumi.ResourceOptions(parent=self))
        if depth:
            Home(f"{name}-in", depth=depth - 1, parent=self)


def provider(name: str) -> openstack.Provider:
    return openstack.Provider(name, tenant_name=name)


def tenants(bench: Bench) -> dict[str, str]:
    """Object -> the tenant that its provider was configured with."""
    found = bench.cloud.objects().values()
    return {one["properties"]["name"]: one["by"].get("tenantName", "") for one in found}


@pytest.mark.parametrize(
    "given",
    [
        lambda one: {"providers": [one]},
        lambda one: {"providers": {"openstack": one}},
        lambda one: {"provider": one},
    ],
)
def test_children_inherit_the_provider_of_their_component(bench: Bench, given: Any) -> None:
    """Given as a list, a map or alone, through components in components."""
    bench.up(lambda: Home("h", **given(provider("blue"))) and None)
    assert tenants(bench) == {"h-net": "blue", "h-in-net": "blue"}
    assert bench.up(lambda: Home("h", **given(provider("blue"))) and None) == {"same": 6}


def test_the_nearest_provider_counts(bench: Bench) -> None:
    """A component's own before its parent's; a resource's own before all."""

    def program() -> None:
        outer = Home("outer", depth=0, providers=[provider("red")])
        Home("inner", depth=0, parent=outer, providers=[provider("green")])
        options = pulumi.ResourceOptions(parent=outer, provider=provider("blue"))
        openstack.networking.Network("own", name="own", opts=options)

    bench.up(program)
    assert tenants(bench) == {"outer-net": "red", "inner-net": "green", "own": "blue"}


def test_a_child_of_a_resource_takes_its_provider(bench: Bench) -> None:
    """Of the same package, unless it names another."""

    def program() -> None:
        parent = openstack.networking.Network("n", name="n", opts=pulumi.ResourceOptions(provider=provider("blue")))
        openstack.networking.Network("m", name="m", opts=pulumi.ResourceOptions(parent=parent))

    bench.up(program)
    assert tenants(bench) == {"n": "blue", "m": "blue"}


def test_functions_take_the_provider_that_they_are_given(bench: Bench) -> None:
    """Alone, or through a parent."""
    bench.up(lambda: openstack.networking.Network("n", name="n") and None, name="other")

    def program() -> None:
        blue = provider("blue")
        home = Home("h", depth=0, providers=[provider("red")])
        given = pulumi.InvokeOutputOptions(provider=blue)
        inherited = pulumi.InvokeOutputOptions(parent=home)
        pulumi.export("given", openstack.networking.get_network_output(name="n", opts=given).id)
        pulumi.export("inherited", openstack.networking.get_network_output(name="n", opts=inherited).id)

    bench.provider.sessions.clear()
    bench.up(program)
    assert {configuration.get("tenantName") for configuration, _ in bench.provider.sessions} == {"blue", "red"}


def test_going_from_the_default_provider_to_an_explicit_one_replaces_nothing(bench: Bench) -> None:
    """The unused default provider leaves the state, uncounted."""

    def program(**options: Any) -> None:
        openstack.networking.Network("n", name="n", opts=pulumi.ResourceOptions(**options))

    bench.up(program)
    bench.calls()
    assert bench.up(lambda: program(provider=provider("blue"))) == {"same": 2, "create": 1}
    assert bench.calls() == []
    assert "::default_" not in bench.state_file().read_text()
    assert bench.up(program) == {"same": 2, "delete": 1}


@pytest.mark.parametrize("named", ['["openstack"]', '["*"]'])
def test_default_providers_may_be_disabled(bench: Bench, named: str) -> None:
    """Then each resource and look-up must name its provider, and one that does not is told so."""
    stack = bench.stack(lambda: openstack.networking.Network("n", name="n") and None)
    stack.set_config("pulumi:disable-default-providers", auto.ConfigValue(named))
    with pytest.raises(auto.CommandError, match="Default provider for 'openstack' disabled"):
        stack.up()
    with pytest.raises(auto.CommandError, match="getNetwork' must use an explicit provider"):
        bench.up(lambda: openstack.networking.get_network(name="n") and None)
    assert bench.cloud.objects() == {}
    assert bench.up(lambda: Home("h", depth=0, provider=provider("blue")) and None)["create"] >= 3


def test_a_provider_may_depend_on_what_the_same_run_makes(bench: Bench) -> None:
    """Its configuration is not known in the preview; what it carries out is shown all the same."""

    def program() -> None:
        home = openstack.identity.Project("p", name="blue")
        scoped = openstack.Provider("scoped", tenant_id=home.id, password=pulumi.Output.secret("pw-canary"))
        openstack.networking.Network("n", name="n", opts=pulumi.ResourceOptions(provider=scoped))

    assert bench.preview(program) == {"create": 4}
    bench.up(program)
    by = {one["properties"]["name"]: one["by"] for one in bench.cloud.objects().values()}
    assert by["n"] == {"tenantId": bench.recorded()["p"]["id"], "password": "pw-canary"}
    assert "pw-canary" not in bench.state_file().read_text()
    assert bench.up(program) == {"same": 4}
