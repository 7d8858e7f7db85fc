"""Each guardrail on resources: what it lets through, and what it says of the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.model.quota import COMPUTE
from policies import RULES
from policies.data_loss import SERVER, VOLUME
from policies.guardrails import (
    RESOURCE_GUARDRAILS,
    STACK_GUARDRAILS,
    addresses_overlap,
    lasting_names,
    open_administration,
    protected_data,
    whole_quotas,
)
from policies.guardrails.addresses_overlap import SUBNET
from policies.guardrails.guardrail import UNKNOWN, Declared
from policies.guardrails.open_administration import RULE
from policies.guardrails.protected_data import PROJECT
from policies.plan_rules import PLAN_RULES

QUOTA = "openstack:compute/quotaSetV2:QuotaSetV2"
FLAVOR = "openstack:compute/flavor:Flavor"
WHOLE = dict.fromkeys(whole_quotas.NAMES[QUOTA], 1)
DEFINITIONS = Path(__file__).parents[3] / "orchestrator" / "spec" / "schema" / "definitions.json"


def resource(kind: str, name: str = "x", *, parent: str = "", protected: bool = False, **inputs: Any) -> Declared:
    return Declared(kind=kind, name=name, urn=f"urn:{name}", inputs=inputs, parent=parent, protected=protected)


def rule(**inputs: Any) -> Declared:
    return resource(RULE, **{"direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", **inputs})


@pytest.mark.parametrize(
    "good",
    [
        rule(portRangeMin=22, portRangeMax=22, remoteIpPrefix="192.0.2.0/24"),
        rule(portRangeMin=80, portRangeMax=88, remoteIpPrefix="0.0.0.0/0"),
        rule(portRangeMin=22, portRangeMax=22, remoteGroupId=UNKNOWN),
        rule(portRangeMin=22, portRangeMax=22, remoteIpPrefix=UNKNOWN),
        rule(direction="egress"),
        rule(protocol="icmp"),
        resource(FLAVOR, name="small"),
    ],
)
def test_administration_from_known_networks_is_let_through(good: Declared) -> None:
    """So is what no administration port is in, and what only the cloud knows."""
    assert list(open_administration.GUARDRAIL.check(good)) == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (rule(portRangeMin=22.0, portRangeMax=22.0, remoteIpPrefix="0.0.0.0/0"), "opens SSH (22) to 0.0.0.0/0"),
        (rule(portRangeMin=1, portRangeMax=4000, remoteIpPrefix="128.0.0.0/1"), "opens SSH (22), Telnet (23), RPC"),
        (rule(ethertype="IPv6", portRangeMin=3389, portRangeMax=3389), "opens RDP (3389) to ::/0"),
        (rule(portRangeMin=0, portRangeMax=0), "opens SSH (22), Telnet (23), RPC"),
    ],
    ids=["SSH", "half the Internet", "no peer is everybody", "no ports are all"],
)
def test_administration_from_everywhere_is_told(bad: Declared, told: str) -> None:
    """By the ports and networks of POL004."""
    (message,) = open_administration.GUARDRAIL.check(bad)
    assert message.startswith(told)


def test_whole_quota_is_let_through() -> None:
    """Values that the cloud decides are written too; a user's own limit grants nothing."""
    assert list(whole_quotas.GUARDRAIL.check(resource(QUOTA, **{**WHOLE, "cores": UNKNOWN}))) == []
    assert list(whole_quotas.GUARDRAIL.check(resource(QUOTA, keyPairs=-1))) == []


def test_quota_with_a_gap_is_told() -> None:
    """By the names that are missing."""
    part = {name: value for name, value in WHOLE.items() if name != "ram"}
    assert list(whole_quotas.GUARDRAIL.check(resource(QUOTA, **part))) == ["does not say ram; write the quota in full"]
    assert len(WHOLE) == len(COMPUTE)


@pytest.mark.parametrize("name", ["debian-13", "m1.small", "A_b"])
def test_name_as_in_specs_is_let_through(name: str) -> None:
    """Letters, digits, hyphens, dots, underscores."""
    declared = Declared(kind=FLAVOR, name="x", urn="u", inputs={"name": name})
    assert list(lasting_names.GUARDRAIL.check(declared)) == []


@pytest.mark.parametrize("name", ["Größe", "-small", "two words", "x" * 81])
def test_name_that_specs_do_not_allow_is_told(name: str) -> None:
    """The form of specs' names counts for whoever declares the resource."""
    declared = Declared(kind=FLAVOR, name="x", urn="u", inputs={"name": name})
    (message,) = lasting_names.GUARDRAIL.check(declared)
    assert "letters, digits" in message


def test_server_refers_to_what_it_is_made_from_by_id() -> None:
    """A name may mean another flavor or image tomorrow."""
    assert list(lasting_names.GUARDRAIL.check(resource(SERVER, flavorId="f", imageId="i"))) == []
    found = list(lasting_names.GUARDRAIL.check(resource(SERVER, flavorName="f", imageName="i")))
    assert [message.split(":")[0] for message in found] == ["uses flavorName", "uses imageName"]


def test_form_of_names_is_that_of_the_specs() -> None:
    """One truth: the schema's."""
    pattern = json.loads(DEFINITIONS.read_text("utf-8"))["$defs"]["objectName"]["pattern"]
    assert pattern.replace("(?:", "(") == f"^{lasting_names.FORM.pattern.replace('(?:', '(')}$"


def subnet(name: str, cidr: Any, parent: str = "main") -> Declared:
    return resource(SUBNET, name, parent=parent, cidr=cidr)


def test_subnets_apart_are_let_through() -> None:
    """Those of another project, of another version of IP, and those that the cloud numbers do not count."""
    apart = [
        subnet("a", "10.0.0.0/24"),
        subnet("b", "10.0.1.0/24"),
        subnet("c", "10.0.0.0/24", "other"),
        subnet("d", "::/0"),
        subnet("e", UNKNOWN),
    ]
    assert list(addresses_overlap.GUARDRAIL.check(apart)) == []


def test_subnets_that_overlap_are_told() -> None:
    """Each that lies in one before it, also when a small one stands between."""
    found = addresses_overlap.GUARDRAIL.check(
        [subnet("late", "10.0.9.0/24"), subnet("wide", "10.0.0.0/16"), subnet("small", "10.0.0.0/30")]
    )
    assert [(one.name, message.split(";")[0]) for one, message in found] == [
        ("wide", "10.0.0.0/16 overlaps 10.0.0.0/30 of small"),
        ("late", "10.0.9.0/24 overlaps 10.0.0.0/16 of wide"),
    ]


def test_data_of_a_protected_project_is_protected() -> None:
    """Every server and volume without it is told; without a protected project nothing is."""
    held = [resource(SERVER, "web", protected=True), resource(VOLUME, "data"), resource(SUBNET, "lan")]
    assert list(protected_data.GUARDRAIL.check([resource(PROJECT, "main"), *held])) == []
    ((one, message),) = protected_data.GUARDRAIL.check([resource(PROJECT, "main", protected=True), *held])
    assert (one.name, message.split(",")[0]) == ("data", "holds data and is not protected")


def test_guardrails_bear_the_names_of_the_rules_that_they_carry_over() -> None:
    """A reader who knows the one finds the other."""
    names = {rule.name for rule in (*RULES, *PLAN_RULES)}
    shared = {one.name for one in (*RESOURCE_GUARDRAILS, *STACK_GUARDRAILS)} & names
    assert shared == {"open-administration", "addresses-overlap", "protected-data"}
