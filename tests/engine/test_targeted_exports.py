"""What a stack exports of things that a targeted run leaves out."""

from __future__ import annotations

import pulumi
import pulumi_openstack as openstack
from engine_bench import Bench


def as_it_was() -> None:
    openstack.identity.Project("p", name="p1")
    lan = openstack.networking.Network("lan", name="lan")
    pulumi.export("network", lan.id)
    pulumi.export("note", "before")


def as_it_is() -> None:
    """The project has another name, and another network takes the place of the first."""
    openstack.identity.Project("p", name="p2")
    dmz = openstack.networking.Network("dmz", name="dmz")
    pulumi.export("network", dmz.id)
    pulumi.export("note", "after")
    pulumi.export("new", dmz.id)


def test_an_export_of_what_is_left_out_stays_as_it_is_recorded(bench: Bench) -> None:
    """What is known is recorded; the run that leaves nothing out tells the rest."""
    before = bench.stack(as_it_was).up().outputs["network"].value
    stack = bench.stack(as_it_is)
    targeted = stack.up(target=[bench.urn("identity/project:Project", "p")])
    assert targeted.summary.resource_changes == {"same": 2, "update": 1}
    assert {name: one.value for name, one in targeted.outputs.items()} == {"network": before, "note": "after"}
    whole = {name: one.value for name, one in stack.up().outputs.items()}
    assert whole["new"] == whole["network"] != before
