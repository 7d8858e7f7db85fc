"""New inputs against recorded outputs: the kinds of change, one line each."""

from typing import Any

import pytest

from orchestrator.engine.cloud.provider import OpenStackProvider
from orchestrator.engine.provider import UNKNOWN, Change

NETWORK = "openstack:networking/network:Network"
SUBNET = "openstack:networking/subnet:Subnet"
RULE = "openstack:networking/secGroupRule:SecGroupRule"
QUOTA = "openstack:compute/quotaSetV2:QuotaSetV2"
FLAVOR = "openstack:compute/flavor:Flavor"
INSTANCE = "openstack:compute/instance:Instance"
PROJECT = "openstack:identity/project:Project"
IMAGE = "openstack:images/image:Image"
PORT = "openstack:networking/port:Port"
LISTENER = "openstack:loadbalancer/listener:Listener"
VOLUME_QUOTA = "openstack:blockstorage/quoteSetV3:QuoteSetV3"

SAME, UPDATE, REPLACE = Change.SAME, Change.UPDATE, Change.REPLACE

CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any], Change]] = {
    "equal": (NETWORK, {"name": "n"}, {"name": "n"}, SAME),
    "changed": (NETWORK, {"name": "n"}, {"name": "m"}, UPDATE),
    "changed, makes a new one": (SUBNET, {"cidr": "10.0.0.0/24"}, {"cidr": "10.0.1.0/24"}, REPLACE),
    "added": (NETWORK, {}, {"description": "d"}, UPDATE),
    "taken away, computed": (QUOTA, {"cores": 20}, {}, SAME),
    "taken away, optional only": (NETWORK, {"description": "d"}, {}, UPDATE),
    "taken away, already empty": (NETWORK, {"description": ""}, {}, SAME),
    "taken away, empty tags": (NETWORK, {"tags": []}, {}, SAME),
    "empty where nothing is recorded": (NETWORK, {}, {"description": ""}, SAME),
    "taken away, an empty JSON text": (PORT, {"binding": {"profile": "{}"}}, {"binding": {}}, SAME),
    "taken away, a JSON text": (PORT, {"binding": {"profile": '{"a":1}'}}, {"binding": {}}, UPDATE),
    "taken away, a word for nothing": (LISTENER, {"clientAuthentication": "NONE"}, {}, SAME),
    "given, a word for nothing": (LISTENER, {}, {"clientAuthentication": "NONE"}, SAME),
    "taken away, a word for something": (LISTENER, {"clientAuthentication": "MANDATORY"}, {}, UPDATE),
    "quotas of types that nobody limits": (
        VOLUME_QUOTA,
        {"volumeTypeQuota": {"volumes_a": "3", "volumes_b": "-1"}},
        {"volumeTypeQuota": {"volumes_a": 3}},
        SAME,
    ),
    "quota of a type taken away": (
        VOLUME_QUOTA,
        {"volumeTypeQuota": {"volumes_a": "3", "volumes_b": "4"}},
        {"volumeTypeQuota": {"volumes_a": "3"}},
        UPDATE,
    ),
    "quota of a type, unlimited now": (
        VOLUME_QUOTA,
        {"volumeTypeQuota": {"volumes_a": "3"}},
        {"volumeTypeQuota": {"volumes_a": "-1"}},
        UPDATE,
    ),
    "zero against a number": (QUOTA, {"cores": 20}, {"cores": 0}, UPDATE),
    "text for a number": (RULE, {"portRangeMin": 22}, {"portRangeMin": "22"}, SAME),
    "text for a truth": (NETWORK, {"adminStateUp": True}, {"adminStateUp": "true"}, SAME),
    "set in another order, with repeats": (PROJECT, {"tags": ["a", "b"]}, {"tags": ["b", "a", "b"]}, SAME),
    "set with one more": (PROJECT, {"tags": ["a"]}, {"tags": ["a", "b"]}, UPDATE),
    "list in another order": (SUBNET, {"dnsNameservers": ["1", "2"]}, {"dnsNameservers": ["2", "1"]}, UPDATE),
    "set of objects, by the given fields": (
        NETWORK,
        {"segments": [{"networkType": "vlan", "segmentationId": 7}, {"networkType": "flat"}]},
        {"segments": [{"networkType": "flat"}, {"networkType": "vlan"}]},
        SAME,
    ),
    "set of objects, one gone": (
        SUBNET,
        {"allocationPools": [{"start": "a", "end": "b"}, {"start": "c", "end": "d"}]},
        {"allocationPools": [{"start": "a", "end": "b"}]},
        UPDATE,
    ),
    "map key added": (FLAVOR, {"extraSpecs": {"a": "1"}}, {"extraSpecs": {"a": 1, "b": "2"}}, UPDATE),
    "map equal after conversion": (FLAVOR, {"extraSpecs": {"a": "1"}}, {"extraSpecs": {"a": 1}}, SAME),
    "unknown": (INSTANCE, {"flavorId": "f"}, {"flavorId": UNKNOWN}, UPDATE),
    "unknown, makes a new one": (RULE, {"securityGroupId": "g"}, {"securityGroupId": UNKNOWN}, REPLACE),
    "unknown inside a list": (INSTANCE, {"networks": [{"port": "p"}]}, {"networks": [{"port": UNKNOWN}]}, REPLACE),
    "nested, what the API fills": (
        INSTANCE,
        {"networks": [{"uuid": "u", "mac": "m", "fixedIpV4": "10.0.0.4"}]},
        {"networks": [{"uuid": "u"}]},
        SAME,
    ),
    "nested, makes a new one": (INSTANCE, {"networks": [{"uuid": "u"}]}, {"networks": [{"uuid": "v"}]}, REPLACE),
    "a block device more": (
        INSTANCE,
        {"blockDevices": []},
        {"blockDevices": [{"sourceType": "blank", "volumeSize": 1}]},
        REPLACE,
    ),
    "the image of a server": (INSTANCE, {"imageId": "i"}, {"imageId": "j"}, UPDATE),
    "user data, recorded as a hash": (
        INSTANCE,
        {"userData": "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"},
        {"userData": "hello"},
        SAME,
    ),
    "other user data": (INSTANCE, {"userData": "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"}, {"userData": "x"}, REPLACE),
    "power of a broken server": (INSTANCE, {"powerState": "error"}, {"powerState": "active"}, SAME),
    "zone and host": (INSTANCE, {"availabilityZone": "nova"}, {"availabilityZone": "nova:host1"}, SAME),
    "prefix in capitals": (RULE, {"remoteIpPrefix": "2001:db8::/32"}, {"remoteIpPrefix": "2001:DB8::/32"}, SAME),
    "the image service's own properties": (
        IMAGE,
        {"properties": {"os_hash_algo": "sha512", "stores": "fast", "hw": "x"}},
        {"properties": {"hw": "x"}},
        SAME,
    ),
    "a property of the image less": (IMAGE, {"properties": {"hw": "x", "b": "y"}}, {"properties": {"hw": "x"}}, UPDATE),
    "where an image was cached": (IMAGE, {"imageCachePath": "/a"}, {"imageCachePath": "/b"}, SAME),
    "a port's profile, written otherwise": (
        PORT,
        {"binding": {"profile": '{"a":1}'}},
        {"binding": {"profile": '{ "a": 1 }'}},
        SAME,
    ),
    "a default, recorded or not": (SUBNET, {"enableDhcp": True}, {"enableDhcp": True}, SAME),
    "a false default, never recorded": (SUBNET, {}, {"noGateway": False}, SAME),
}


@pytest.mark.parametrize("case", CASES)
def test_each_kind_of_change_asks_for_what_the_official_provider_would(case: str) -> None:
    """Same, update or replace follows from the type's description and the recorded outputs."""
    kind, old, new, expected = CASES[case]

    difference = OpenStackProvider().diff(kind, old_outputs=old, inputs=new, old_inputs={})

    assert difference.change is expected
    assert bool(difference.paths) is (expected is not SAME)
    assert bool(difference.replace_paths) is (expected is REPLACE)


@pytest.mark.parametrize(
    ("kind", "inputs", "first"),
    [
        (SUBNET, {"name": "s", "cidr": "10.0.1.0/24", "__defaults": []}, True),
        (SUBNET, {"name": "s-1234567", "cidr": "10.0.1.0/24", "__defaults": ["name"]}, False),
        (SUBNET, {"name": "s", "cidr": "10.0.1.0/24"}, False),
        (RULE, {"securityGroupId": "h", "__defaults": []}, False),
    ],
)
def test_a_chosen_name_makes_the_old_object_go_first(kind: str, inputs: dict[str, Any], first: bool) -> None:  # noqa: FBT001 (a column of the table)
    """Two objects cannot hold one name: delete before replace, but not for automatic names or nameless types."""
    old = {"name": "s", "cidr": "10.0.0.0/24", "securityGroupId": "g"}

    difference = OpenStackProvider().diff(kind, old_outputs=old, inputs=inputs, old_inputs={})

    assert difference.change is REPLACE
    assert difference.delete_before_replace is first


def test_paths_say_where_and_how() -> None:
    """A list is told by index, a map by key, an object by field."""
    old = {"dnsNameservers": ["1.1.1.1", "9.9.9.9"], "description": "d"}
    new = {"dnsNameservers": ["1.1.1.1"], "gatewayIp": "10.0.0.1"}

    difference = OpenStackProvider().diff(SUBNET, old_outputs=old, inputs=new, old_inputs={})

    assert difference.paths == {"dnsNameservers[1]": "delete", "description": "delete", "gatewayIp": "add"}
