"""Three control hosts outlive the loss of one: the API answers again within a minute, and what comes back catches up.

Half an hour, 9 GiB of memory: run by hand, `scripts/test.sh control-loss`. What it measures is printed.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hosts_fixture import Machines
from installed_trio import CONTROLS, HOSTS, Trio, Watched, eventually

from lab.waiting import wait_until

pytestmark = [pytest.mark.control_loss, pytest.mark.timeout(7200)]

WITHIN = 60.0
"""Seconds in which every API must answer again."""

WATCHED = 90.0
"""Seconds for which answers are looked at after a loss: one that comes and goes again is not back."""

WRITE = """
name = 'written-{}'
network = cloud.network.create_network(name=name)
volume = cloud.create_volume(1, name=name, wait=True, timeout=120)
print(network.id)
cloud.delete_volume(volume.id, wait=True, timeout=120)
"""
"""A network is a row in the database and one in OVN's; a volume is a message to the scheduler and to its service."""

IMAGE = """
import os
image = cloud.create_image('kept-{}', data=os.urandom(1 << 20), disk_format='raw', container_format='bare', wait=True)
print(image.id)
"""
READ = """
print(len(cloud.image.download_image('{}').content))
"""


def back(watch: Watched, since: float) -> str:
    """Watch, judge, and tell."""
    time.sleep(max(0.0, since + WATCHED - time.monotonic()))  # noqa: TID251 (what is watched is that time)
    took = watch.back_after(since)
    assert max(took.values()) <= WITHIN, took
    return ", ".join(f"{kind} {seconds:.1f}" for kind, seconds in took.items())


def written(trio: Trio) -> str:
    """The id of a network that the region made, with a volume's whole life behind it."""
    return trio.openstack(WRITE.format(time.time_ns()))


def whole_again(trio: Trio) -> float:
    """Seconds until all three are members of everything."""
    began = time.monotonic()
    assert wait_until(trio.whole, seconds=600, every=2)
    return round(time.monotonic() - began, 1)


def test_a_second_run_changes_nothing(trio: Trio) -> None:
    """On a running cluster, one host after the other; neither does check mode find anything to change."""
    for host in HOSTS:
        for mode in ((), ("--check", "--diff")):
            assert trio.apply(host, *mode) == [], (host, mode)


def test_the_host_with_the_address_loses_its_power(trio: Trio, told: Callable[[str], None]) -> None:
    """Reads and a write go on; when it comes back it has what was written without it."""
    lost = trio.holder()
    image = trio.openstack(IMAGE.format(time.time_ns()))
    assert wait_until(lambda: has_image(trio.machines, image), seconds=300, every=5)
    with trio.watched() as watch:
        since = time.monotonic()
        trio.machines.hosts.down((lost,), now=True)
        took = back(watch, since)
        network = written(trio)
        wrote = time.monotonic() - since
    assert int(trio.openstack(READ.format(image))) == 1 << 20
    assert trio.holder() != lost
    trio.machines.hosts.up(print)
    caught_up = whole_again(trio)
    assert trio.has_network(lost, network)
    told(f"{lost} lost: {took} s; written by {wrote:.0f} s; whole again {caught_up} s after its boot")


def has_image(machines: Machines, image: str) -> bool:
    return all(machines.on(name, f"test -e /var/lib/glance/images/{image}").returncode == 0 for name in CONTROLS)


@pytest.mark.parametrize("unit", ["rabbitmq-server", "mariadb", "haproxy"])
def test_a_service_ends_on_the_host_with_the_address(trio: Trio, unit: str, told: Callable[[str], None]) -> None:
    """It ends for good, not for a restart: the others take over, reads and a write go on."""
    host = trio.holder()
    with trio.watched() as watch:
        since = time.monotonic()
        trio.machines.said(host, f"systemctl stop --no-block {unit}; systemctl kill --signal=KILL {unit} || true")
        took = back(watch, since)
        wrote = eventually(lambda: written(trio), 120)
    assert (trio.holder() == host) is (unit != "haproxy")
    trio.machines.said(host, f"systemctl start {unit}")
    caught_up = whole_again(trio)
    told(f"{unit} lost on {host}: {took} s; a write {wrote} s; whole again {caught_up} s after its start")


STOPS: dict[str, Callable[[Trio], object]] = {
    "at once": lambda trio: trio.machines.hosts.down(CONTROLS, now=True),
    "in order": lambda trio: trio.machines.hosts.down(CONTROLS),
}


@pytest.mark.parametrize("way", STOPS)
def test_all_three_lose_their_power(trio: Trio, way: str, told: Callable[[str], None]) -> None:
    """They find together again by themselves, with all that was written before."""
    network = written(trio)
    STOPS[way](trio)
    began = time.monotonic()
    trio.machines.hosts.up(print)
    assert wait_until(trio.whole, seconds=900, every=2)
    whole = time.monotonic() - began
    eventually(lambda: written(trio), 300)
    answered = time.monotonic() - began
    assert all(trio.has_network(name, network) for name in CONTROLS)
    told(f"all lost {way}: whole {whole:.0f} s after their power came back, writes {answered:.0f} s after")


def test_a_member_that_was_not_noted_as_one_stays_one(trio: Trio) -> None:
    """A run that was killed before it left its mark is made up for, without leaving the cluster."""
    host = CONTROLS[1]
    trio.machines.said(host, f"rm /var/lib/rabbitmq/mnesia/rabbit@{host}/region-member")
    assert trio.apply(host) == ["queue : Ensure it has joined the others, or is the one that they join"]
    assert trio.whole()


def test_a_control_host_that_was_emptied_joins_the_others(trio: Trio) -> None:
    """Also the first one, which made the clusters: it makes no second ones. A queue of its own began since."""
    first = CONTROLS[0]
    network = written(trio)
    trio.machines.said(
        first,
        "systemctl stop mariadb rabbitmq-server ovn-central ovn-ovsdb-server-nb ovn-ovsdb-server-sb;"
        " rm -rf /var/lib/mysql/* /var/lib/rabbitmq/mnesia/*/* /var/lib/ovn/*;"
        " mariadb-install-db --user=mysql --auth-root-authentication-method=socket >/dev/null;"
        " systemctl start rabbitmq-server",
    )
    trio.apply(first)
    whole_again(trio)
    assert trio.has_network(first, network)
    servers = "ovn-appctl -t /var/run/ovn/ovnnb_db.ctl cluster/status OVN_Northbound | grep -c ' at ssl:'"
    assert trio.machines.said(CONTROLS[1], servers) == "3"
    assert trio.apply(first) == []
