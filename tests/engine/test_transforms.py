"""Transforms: functions of the program that change registrations and look-ups on their way to the engine."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench
from engine_quiet import printed
from pulumi import automation as auto

Args = pulumi.ResourceTransformArgs
Result = pulumi.ResourceTransformResult
NETWORK = "openstack:networking/network:Network"


def marking(mark: str) -> Callable[[Args], Result | None]:
    """A transform that adds its mark to the description of networks."""

    def transform(args: Args) -> Result | None:
        if args.type_ != NETWORK:
            return None
        return Result(props={**args.props, "description": args.props.get("description", "") + mark}, opts=args.opts)

    return transform


class Home(pulumi.ComponentResource):
    def __init__(self, name: str, inner: list[Any] | None = None, **options: Any) -> None:
        super().__init__("test:index:Home", name, None, pulumi.ResourceOptions(**options))
        openstack.networking.Network(
            f"{name}-net", name=f"{name}-net", opts=pulumi.ResourceOptions(parent=self, transforms=inner)
        )


def test_transforms_run_in_pulumis_order(bench: Bench) -> None:
    """The resource's own in their order, its parents' from the nearest on, then the stack's."""

    class Street(pulumi.ComponentResource):
        def __init__(self) -> None:
            super().__init__("test:index:Street", "s", None, pulumi.ResourceOptions(transforms=[marking("4")]))
            Home("h", [marking("1"), marking("2")], parent=self, transforms=[marking("3")])

    def program() -> None:
        pulumi.runtime.register_resource_transform(marking("5"))
        pulumi.runtime.register_resource_transform(marking("6"))
        Street()
        openstack.networking.Network("other", name="other")

    assert bench.preview(program) == {"create": 5}
    bench.up(program)
    assert bench.recorded()["h-net"]["outputs"]["description"] == "123456"
    assert bench.recorded()["other"]["outputs"]["description"] == "56"
    assert bench.up(program) == {"same": 5}


def test_what_stood_before_a_transform_was_registered_is_not_touched(bench: Bench) -> None:
    """A stack's transform counts for what comes after it."""

    def program() -> None:
        openstack.networking.Network("before", name="before")
        pulumi.runtime.register_resource_transform(marking("x"))
        openstack.networking.Network("after", name="after")

    bench.up(program)
    assert "description" not in bench.recorded()["before"]["inputs"]
    assert bench.recorded()["after"]["inputs"]["description"] == "x"


def test_a_transform_may_change_options(bench: Bench) -> None:
    """Protection, order, ignored changes, time limits, aliases and the provider, whatever the resource had."""

    def transform(args: Args) -> Result | None:
        if args.name != "n":
            return None
        assert args.opts.ignore_changes == ["shared"]
        provider = openstack.Provider("scoped", tenant_name="blue")
        return Result(
            props=args.props,
            opts=pulumi.ResourceOptions(
                protect=True,
                depends_on=[others[0]],
                ignore_changes=["description"],
                replace_on_changes=["shared"],
                delete_before_replace=False,
                additional_secret_outputs=["region"],
                custom_timeouts=pulumi.CustomTimeouts(create="5m"),
                aliases=[pulumi.Alias(name="was")],
                retain_on_delete=True,
                provider=provider,
            ),
        )

    others: list[pulumi.Resource] = []

    def program(name: str) -> None:
        if name == "n":
            others[:] = [openstack.networking.Router("r", name="r1")]
        transforms = [transform] if name == "n" else None
        options = pulumi.ResourceOptions(transforms=transforms, ignore_changes=["shared"])
        openstack.networking.Network(name, name="n1", opts=options)

    bench.up(lambda: program("was"))
    identity = bench.recorded()["was"]["id"]
    assert bench.up(lambda: program("n")) == {"same": 2, "create": 2}
    found = bench.recorded()["n"]
    assert found["id"] == identity
    assert found["protect"]
    assert found["retainOnDelete"]
    assert found["dependencies"] == [bench.urn("networking/router:Router", "r")]
    assert (found["ignoreChanges"], found["replaceOnChanges"]) == (["description"], ["shared"])
    assert found["customTimeouts"] == {"create": 300.0}
    assert "ciphertext" in found["outputs"]["region"]
    assert "::scoped::" in found["provider"]


def test_secrets_and_unknowns_pass_through_a_transform(bench: Bench) -> None:
    """As outputs, however deep they stand: what is secret stays one, what is not known yet stays open."""
    seen: list[bool] = []

    def transform(args: Args) -> Result:
        if args.name == "u":
            seen.append(isinstance(args.props["password"], pulumi.Output))
        return Result(props=args.props, opts=args.opts)

    def program() -> None:
        pulumi.runtime.register_resource_transform(transform)
        parent = openstack.networking.Network("n", name="n1")
        openstack.identity.User("u", name="u1", password=pulumi.Output.secret("pw-canary"))
        openstack.networking.Router(
            "r",
            name="r1",
            value_specs={"net": parent.id, "plain": "x"},
            opts=pulumi.ResourceOptions(transforms=[lambda args: Result(props=args.props, opts=args.opts)]),
        )

    assert bench.preview(program) == {"create": 4}
    bench.up(program)
    assert seen == [True, True]
    assert "pw-canary" not in bench.state_file().read_text()
    router = bench.recorded()["r"]
    assert router["inputs"]["valueSpecs"] == {"net": bench.recorded()["n"]["id"], "plain": "x"}
    assert router["propertyDependencies"]["valueSpecs"] == [bench.urn("networking/network:Network", "n")]
    assert bench.up(program) == {"same": 4}
    bench.stack(program).destroy()
    assert [kind for action, kind in bench.calls() if action == "delete"].index("Router") < 2


def test_a_transform_may_read_another_resource(bench: Bench) -> None:
    """An asynchronous one waits for an output of a resource registered before."""

    def program() -> None:
        network = openstack.networking.Network("n", name="n1")

        async def transform(args: Args) -> Result:
            return Result(
                props={**args.props, "description": pulumi.Output.concat("on ", network.name)}, opts=args.opts
            )

        options = pulumi.ResourceOptions(transforms=[transform])
        openstack.networking.Router("r", name="r1", opts=options)

    bench.up(program)
    assert bench.recorded()["r"]["inputs"]["description"] == "on n1"


def test_look_ups_are_transformed_too(bench: Bench) -> None:
    """The plain form and the output form, with the options as they are."""
    bench.up(lambda: openstack.networking.Network("n", name="n1") and None, name="other")

    def transform(args: pulumi.InvokeTransformArgs) -> pulumi.InvokeTransformResult:
        assert args.token == "openstack:networking/getNetwork:getNetwork"
        return pulumi.InvokeTransformResult(args={**args.args, "name": "n1"}, opts=args.opts)

    def program() -> None:
        pulumi.runtime.register_invoke_transform(transform)
        pulumi.export("direct", openstack.networking.get_network(name="nowhere").name)
        pulumi.export("output", openstack.networking.get_network_output(name=pulumi.Output.from_input("no")).name)

    outputs = bench.stack(program).up().outputs
    assert {name: found.value for name, found in outputs.items()} == {"direct": "n1", "output": "n1"}


def test_a_transform_that_raises_ends_the_program(bench: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    """Its message names the resource, comes without a trace, and nothing is made of what it was asked about."""

    def transform(args: Args) -> None:
        raise ValueError(f"no tags on {args.name}")

    def program() -> None:
        openstack.networking.Network("n", name="n1", opts=pulumi.ResourceOptions(transforms=[transform]))

    with pytest.raises(auto.InlineSourceRuntimeError, match="resource n: a transform failed: no tags on n") as caught:
        bench.up(program)
    assert "Traceback" not in str(caught.value)
    assert bench.cloud.objects() == {}
    assert printed(capfd) == ("", "")


def test_transforms_of_many_programs_at_once_do_not_mix(bench: Bench) -> None:
    """Eight stacks in eight threads: each resource carries the mark of its own program."""

    def program(name: str) -> None:
        pulumi.runtime.register_resource_transform(marking(name))
        for index in range(10):
            own = pulumi.ResourceOptions(transforms=[marking(f"{index} of ")])
            openstack.networking.Network(f"n{index}", name=f"{name}-{index}", opts=own)

    names = [f"s{index}" for index in range(8)]
    for name in names:
        bench.stack(name=name)
    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(lambda name: bench.up(lambda: program(name), name=name), names))
    for name in names:
        found = bench.recorded(name)
        assert {key: one["inputs"]["description"] for key, one in found.items()} == {
            f"n{index}": f"{index} of {name}" for index in range(10)
        }
