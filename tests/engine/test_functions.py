"""Functions in programs: secrets go through them, what is not known yet waits, and so does what they depend on."""

from __future__ import annotations

import json
import warnings

import pulumi
import pytest
from engine_bench import Bench
from pulumi import automation as auto

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the package warns of its own old names while it loads
    import pulumi_openstack as openstack


def made() -> openstack.networking.Network:
    return openstack.networking.Network("n", name="n1")


def test_what_was_found_with_a_secret_is_a_secret(bench: Bench) -> None:
    """In the state, and in the outputs that the SDK shows."""
    bench.up(lambda: made() and None, name="other")

    def program() -> None:
        found = openstack.networking.get_network_output(name=pulumi.Output.secret("n1"))
        pulumi.export("found", found.name)

    assert bench.stack(program).up().outputs["found"].secret
    latest = json.loads(bench.stored())["checkpoint"]["latest"]
    root = next(one for one in latest["resources"] if one["type"] == "pulumi:pulumi:Stack")
    assert "ciphertext" in root["outputs"]["found"]
    assert b"n1" not in json.dumps(root["outputs"]).encode()


def test_a_function_of_something_unknown_waits_for_the_real_run(bench: Bench) -> None:
    """A preview asks nothing, and shows what comes of the answer as still to be made."""

    def program() -> None:
        network = made()
        name = network.id.apply(lambda _: "n1")
        found = openstack.networking.get_network_output(name=name)
        openstack.networking.Subnet("s", name="s1", network_id=found.id, cidr="10.0.0.0/24")

    assert bench.preview(program) == {"create": 3}
    assert bench.up(program) == {"create": 3}
    assert bench.recorded()["s"]["inputs"]["networkId"] == bench.recorded()["n"]["id"]
    assert bench.preview(program) == {"same": 3}


def test_a_function_waits_for_what_it_depends_on(bench: Bench) -> None:
    """Said with `depends_on`: not asked in a preview that would make it, asked after it in the real run."""

    def program() -> None:
        after = pulumi.InvokeOutputOptions(depends_on=[made()])
        pulumi.export("found", openstack.networking.get_network_output(name="n1", opts=after).id)

    assert bench.preview(program) == {"create": 2}
    found = bench.stack(program).up().outputs["found"].value
    assert found == bench.recorded()["n"]["id"]
    assert bench.stack(program).preview().change_summary == {auto.OpType.SAME: 2}


def test_a_function_is_not_asked_after_what_failed(bench: Bench) -> None:
    """It would find nothing, which is no mistake of the program; what needs its answer is left out."""

    def program() -> None:
        after = pulumi.InvokeOutputOptions(depends_on=[made()])
        found = openstack.networking.get_network_output(name="n1", opts=after)
        openstack.networking.Subnet("s", name="s1", network_id=found.id, cidr="10.0.0.0/24")
        openstack.identity.User("u", name="u1", password="x")

    bench.faults.refuse_create.add("n1")
    with pytest.raises(auto.CommandError, match="quota exceeded") as caught:
        bench.up(program, continue_on_error=True)

    assert "no results" not in str(caught.value)
    assert set(bench.recorded()) == {"u"}
