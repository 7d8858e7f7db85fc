"""What the engine does not carry out is refused by its name, and nothing is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from pulumi import automation as auto


def network(**options: Any) -> None:
    openstack.networking.Network("n", name="n1", opts=pulumi.ResourceOptions(**options))


def hooked() -> None:
    hook = pulumi.ResourceHook("h", lambda _: None)
    network(hooks=pulumi.ResourceHookBinding(before_create=[hook]))


def remote() -> None:
    pulumi.ComponentResource("openstack:index:Far", "far", {}, None, remote=True)


def called() -> None:
    component = pulumi.ComponentResource("test:index:Home", "home")
    pulumi.runtime.call("openstack:index:Home/ask", {}, component)


def stash() -> None:
    pulumi.Stash("s", input="x")


def migrated() -> None:
    network(state_migrations=[lambda _: None])


def other_package() -> None:
    pulumi.CustomResource("random:index/randomId:RandomId", "r", {"byteLength": 2})


def other_function() -> None:
    pulumi.runtime.invoke("random:index:ask", {})


def other_provider() -> None:
    pulumi.ProviderResource("aws", "p", {})


def other_get() -> None:
    pulumi.CustomResource("aws:s3:Bucket", "b", {}, pulumi.ResourceOptions(id="x"))


def other_type() -> None:
    openstack.orchestration.StackV1("s", name="s", template_opts={})


def asset() -> None:
    openstack.networking.Network("n", name=pulumi.StringAsset("x"))  # type: ignore[arg-type]  # the point of it


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")  # of the SDK's own, which gives up half way
@pytest.mark.parametrize(
    ("program", "text"),
    [
        (hooked, "(?i)resource hooks"),
        (remote, "remote components are not carried out"),
        (called, "openstack:index:Home/ask: calls of methods are not carried out"),
        (stash, "type pulumi:index:Stash are not carried out"),
        (migrated, "(?i)state migrations"),
        (other_package, "type random:index/randomId:RandomId are not carried out"),
        (other_function, "function random:index:ask is not carried out"),
        (other_provider, "providers of type pulumi:providers:aws are not carried out"),
        (other_get, "type aws:s3:Bucket cannot be read"),
        (other_type, "type openstack:orchestration/stackV1:StackV1 are not carried out by the embedded"),
        (asset, "assets are not carried out"),
    ],
)
def test_features_are_refused_by_name(bench: Bench, program: Callable[[], None], text: str) -> None:
    """In previews and updates alike."""
    with pytest.raises(auto.CommandError, match=text):
        bench.preview(program)
    with pytest.raises(auto.CommandError, match=text):
        bench.up(program)
    assert bench.cloud.objects() == {}


def test_an_object_that_cannot_become_what_is_asked_for_is_not_taken_over(bench: Bench) -> None:
    """Nothing is recorded of it: the next run would replace somebody else's object."""
    bench.up(network)
    (identity,) = bench.cloud.named("n1")

    def importer() -> None:
        openstack.networking.Network(
            "mine", name="n1", tenant_id="another", opts=pulumi.ResourceOptions(import_=identity)
        )

    with pytest.raises(auto.CommandError, match="differs from the program in what cannot be changed: tenantId"):
        bench.up(importer)
    assert "mine" not in bench.recorded()


def test_the_same_name_twice_is_the_programs_mistake(bench: Bench) -> None:
    """The SDK's error says that the program is to be mended, where the official engine's only says that it failed."""

    def program() -> None:
        network()
        network()

    with pytest.raises(auto.InlineSourceRuntimeError, match="Duplicate resource URN"):
        bench.up(program)
