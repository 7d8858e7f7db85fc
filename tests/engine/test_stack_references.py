"""Stack references: a program reads what another stack of the same backend has put out."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_openstack as openstack
import pytest
from engine_bench import Bench, nothing
from pulumi import automation as auto


def giving(**more: Any) -> None:
    network = openstack.networking.Network("n", name="shared")
    pulumi.export("network", network.id)
    pulumi.export("password", pulumi.Output.secret("pw-canary"))
    pulumi.export("deep", {"list": [1, {"hidden": pulumi.Output.secret("deep-canary"), "open": "x"}]})
    for name, value in more.items():
        pulumi.export(name, value)


def taking(of: str = "region") -> None:
    reference = pulumi.StackReference(of)
    openstack.networking.Subnet(
        "s", name="s1", network_id=reference.require_output("network"), cidr="10.0.0.0/24", ip_version=4
    )
    pulumi.export("password", reference.get_output("password"))
    pulumi.export("network", reference.get_output("network"))
    pulumi.export("nothing", reference.get_output("nothing"))


def reference_in(bench: Bench) -> dict[str, Any]:
    resources = json.loads(bench.state_file().read_text())["checkpoint"]["latest"]["resources"]
    (found,) = [one for one in resources if one["type"] == "pulumi:pulumi:StackReference"]
    return dict(found)


@pytest.mark.parametrize("name", ["region", "organization/demo/region"])
def test_outputs_of_another_stack_are_inputs_here(bench: Bench, name: str) -> None:
    """In previews and updates; plain ones plain, secret ones secret, and in no file in clear."""
    bench.up(giving, name="region")
    assert bench.preview(lambda: taking(name)) == {"create": 2}
    outputs = bench.stack(lambda: taking(name)).up().outputs
    (network,) = bench.cloud.named("shared")
    assert bench.recorded()["s"]["inputs"]["networkId"] == network
    assert (outputs["network"].value, outputs["network"].secret) == (network, False)
    assert (outputs["password"].value, outputs["password"].secret) == ("pw-canary", True)
    assert "canary" not in bench.state_file().read_text()
    assert bench.up(lambda: taking(name)) == {"same": 2}


def test_a_reference_is_recorded_as_pulumi_records_it(bench: Bench) -> None:
    """External, by the name that was given, of a default provider without version, with the names of the secrets."""
    bench.up(giving, name="region")
    bench.up(taking)
    found = reference_in(bench)
    assert found["external"]
    assert found["id"] == "region"
    assert found["inputs"] == {"name": "region"}
    assert found["provider"].rsplit("::", 1)[0] == "urn:pulumi:acme::demo::pulumi:providers:pulumi::default"
    assert found["outputs"]["secretOutputNames"] == ["deep", "password"]
    assert found["outputs"]["outputs"]["deep"]["list"][1]["open"] == "x"
    assert "ciphertext" in found["outputs"]["outputs"]["deep"]["list"][1]["hidden"]


def test_a_change_over_there_is_a_change_here(bench: Bench) -> None:
    """Each operation reads the reference anew; a refresh does too."""
    bench.up(lambda: giving(size=1), name="region")

    def program() -> None:
        size = pulumi.StackReference("region").get_output("size")
        openstack.networking.Network("n", name="n1", description=size.apply(str))

    bench.up(program)
    bench.up(lambda: giving(size=2), name="region")
    assert bench.preview(program) == {"same": 1, "update": 1}
    assert bench.stack(program).refresh().summary.resource_changes == {"same": 2, "update": 1}
    assert reference_in(bench)["outputs"]["outputs"]["size"] == 2
    assert bench.up(program) == {"same": 1, "update": 1}


def test_a_stack_that_is_not_there_is_named(bench: Bench) -> None:
    """The program ends with the stack's name, and nothing is made."""
    for name, text in {
        "nowhere": "unknown stack 'nowhere'",
        "organization/other/region": "unknown stack 'organization/other/region'",
        "organization/../region": "write S or organization/PROJECT/S",
        "somebody/demo/region": "write S or organization/demo/S",
    }.items():
        with pytest.raises(auto.InlineSourceRuntimeError, match=text):
            bench.up(lambda name=name: pulumi.StackReference(name) and None)  # type: ignore[misc]
    assert bench.calls() == []


def test_a_stack_without_outputs_gives_none(bench: Bench) -> None:
    """It exists, but nothing was ever applied there."""
    bench.stack(name="region")

    def program() -> None:
        pulumi.export("seen", pulumi.StackReference("region").get_output("network").apply(lambda value: value is None))

    assert bench.stack(program).up().outputs["seen"].value is True


def test_a_stack_of_another_passphrase_is_refused(bench: Bench) -> None:
    """Its secrets cannot be opened, and the message says whose."""
    bench.environment["PULUMI_CONFIG_PASSPHRASE"] = "another"
    other = bench.root / "work" / "region"
    other.mkdir(parents=True)
    bench.up(giving, name="region")
    bench.environment["PULUMI_CONFIG_PASSPHRASE"] = "example"
    with pytest.raises(auto.InlineSourceRuntimeError, match="secrets of stack 'region' cannot be opened"):
        bench.up(lambda: pulumi.StackReference("region") and None)


def test_a_reference_goes_without_a_trace(bench: Bench) -> None:
    """Left out of the program, or destroyed: nothing of the other stack is touched."""
    bench.up(giving, name="region")
    bench.up(taking)
    bench.calls()
    bench.up(nothing)
    assert bench.calls() == [("delete", "Subnet")]
    bench.up(taking)
    bench.stack(taking).destroy()
    assert bench.cloud.named("shared")
    assert bench.stack(nothing, "region").outputs()["password"].value == "pw-canary"


def test_secrets_stay_where_they_stand_in_outputs(bench: Bench) -> None:
    """What is beside a secret is not one: in the outputs of a stack and in its state."""
    outputs = bench.stack(giving, "region").up().outputs
    assert outputs["deep"].value == {"list": [1, {"hidden": "deep-canary", "open": "x"}]}
    shown = bench.command.run(
        ["stack", "output", "--json", "--stack", "region"], str(bench.root / "work" / "region"), bench.environment
    ).stdout
    assert json.loads(shown)["deep"] == {"list": [1, {"hidden": "[secret]", "open": "x"}]}
    assert "canary" not in bench.state_file("region").read_text()
    before = bench.state_file("region").read_text()
    bench.up(giving, name="region")
    kept = [json.loads(text)["checkpoint"]["latest"]["resources"][0]["outputs"]
            for text in (before, bench.state_file("region").read_text())]  # fmt: skip
    assert kept[0] == kept[1]
